"""What is proved, each property in a sentence for writers."""

from attrs import frozen

__all__ = ["PROPERTIES", "Property"]


@frozen
class Property:
    """One thing that is so of a pack, or not."""

    #: What is so.
    sentence: str
    #: The codes of what is found where it is not so; none is needed for what cannot be otherwise.
    codes: tuple[str, ...] = ()


#: All that is proved, in the order in which it is told.
PROPERTIES = (
    Property("Everything opens to somebody, and nothing waits in a circle.", ("K501", "K502")),
    Property("No gate asks for more than there is, in any language.", ("K503",)),
    Property("All that people allow can be reached without allowing more.", ("K504",)),
    Property("Depth rises one step at a time, for all who allow the step between.", ("K505",)),
    Property("Before anything tender or deep there is an orientation.", ("K506",)),
    Property("After anything tender or deep something leads back on the same evening.", ("K507",)),
    Property("Adding or removing a pack locks nothing.", ("K508",)),
    Property("Every gate asks for something, in all its parts.", ("K509", "K510", "K511")),
    Property("No journey stops.", ("K512",)),
    Property("Nothing that stays allowed is starved.", ("K513",)),
    Property("Boosters come when something has rested.", ("K514",)),
    Property("Journeys for one person need nobody else.", ("K515",)),
    Property("What opened never closes, and no order is a dead end: gates know no 'not'."),
)
