"""What is proved, each property in a sentence for writers, and which of them speak of something in a system."""

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from intimacy_kit.authoring.proofs.profiles import TENDER
from intimacy_kit.authoring.proofs.reach import Reached
from intimacy_kit.authoring.proofs.systems import System

__all__ = ["PROPERTIES", "Property", "Subject", "there_are"]

#: What a property may speak of; "personal" and "tender" are what opens of that depth or deeper.
Subject = Literal["activities", "gates", "personal", "tender", "packs", "journeys", "boosters", "journeys for one"]

_PERSONAL = 2


@frozen
class Property:
    """One thing that is so of a pack, or not."""

    #: What is so.
    sentence: str
    #: What it speaks of; where there is none, nothing was proved.
    of: Subject
    #: The codes of what is found where it is not so; none is needed for what cannot be otherwise.
    codes: tuple[str, ...] = ()


#: All that is proved, in the order in which it is told.
PROPERTIES = (
    Property("Everything opens to somebody, and nothing waits in a circle.", "activities", ("K501", "K502", "K519")),
    Property("Nothing waits for more than there is, in any language.", "gates", ("K503",)),
    Property("All that people allow can be reached without allowing more.", "activities", ("K504",)),
    Property("Depth rises one step at a time, for all who allow the step between.", "personal", ("K505", "K517")),
    Property("Before anything tender or deep there is an orientation.", "tender", ("K506",)),
    Property("After anything tender or deep something leads back on the same evening.", "tender", ("K507", "K518")),
    Property("Adding or removing a pack locks nothing.", "packs", ("K508",)),
    Property("All that stands under 'requires' makes a difference.", "gates", ("K510", "K511")),
    Property("No journey stops.", "journeys", ("K512",)),
    Property("Nothing that stays allowed is starved.", "activities", ("K513",)),
    Property("Boosters come when something has rested.", "boosters", ("K514",)),
    Property("Journeys for one person need nobody else.", "journeys for one", ("K515",)),
    Property("What opened never closes, in whatever order things are done.", "gates"),
)


def there_are(system: System, best: Reached) -> Iterator[Subject]:
    """Give what there is in a system, of what properties speak of."""
    offered = [one for one, kin in zip(system.activities, system.kin, strict=True) if kin is not None]
    deepest = max((system.least_of(place).depth for place, day in enumerate(best.days) if day >= 0), default=0)
    journeys = system.journeys.values()
    there: dict[Subject, bool] = {
        "activities": bool(offered),
        "gates": any(one.requires is not None for one in offered),
        "personal": deepest >= _PERSONAL,
        "tender": deepest >= TENDER,
        "packs": len(system.packs) > 1,
        "journeys": bool(journeys),
        "boosters": any(one.boosters for one in journeys),
        "journeys for one": any(one.alone for one in journeys),
    }
    return (subject for subject, is_there in there.items() if is_there)
