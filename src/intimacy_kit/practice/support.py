"""The two texts that belong to the kit and not to a pack, the notice before depth 2 and support; and where help is.

Support is always open and never logged: nothing here takes a partner, makes an event or remembers anything.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from attrs import field, frozen

from intimacy_kit.content.checks import filled, instances, language_tag, matching, one_of, ordered
from intimacy_kit.content.text import Text
from intimacy_kit.errors import InvalidValueError

__all__ = ["NOTICE", "SUPPORT", "Support", "SupportEntry", "SupportProvider", "support"]

#: Shown to each person alone before depth 2 (design §6).
NOTICE = Text(
    "Read this where nobody reads with you. Could you say no tonight, and would tomorrow be all right? Then go on."
    "\n\n"
    "*Tense* means a talk may go badly. *Unsafe* means you may pay for it afterwards: in threats, days of punishment, "
    "money, the children, your papers, your things, your body."
    "\n\n"
    "If you watch every word, hide harmless things or need permission to see people, leave these pages. "
    "That is good sense, not a lack of openness. Help for you alone stands under 'support'."
    "\n\n"
    "If the other one goes quiet because of what you might do, stop asking. Help with that, for you, stands there too."
)

#: Always open, never logged. It names no number: one of unknown age may be the wrong one.
SUPPORT = Text(
    "If you are in danger now, call the emergency number of the place where you are."
    "\n\n"
    "If you are afraid of somebody close to you, or of what you yourself might do, you can talk to people who know "
    "about this, without giving your name. A doctor, a pharmacy, a library or a town hall can tell you which "
    "helpline is right where you live; so can a friend who looks it up on their own phone."
    "\n\n"
    "If someone reads your phone, ask from another one. You need no proof and no decision to call."
    "\n\n"
    "This page is not kept anywhere. Nobody can see that you opened it."
)


#: What kinds of help there are.
HELP = ("emergency", "helpline", "chat", "text", "shelter", "directory")

#: An entry that nobody looked at for so long is not shown.
_LONGEST_DAYS = 366
_LINE = 300

_day = matching(lambda value: type(value) is date, "must be a date")


@frozen(kw_only=True)
class SupportEntry:
    """One place where help is, as a host's provider found it, with the day on which somebody made sure."""

    name: str = field(validator=filled(_LINE))
    #: One of ``HELP``.
    kind: str = field(validator=one_of(HELP))
    #: A number to call or to write to, or an address on the web.
    contact: str = field(validator=filled(_LINE))
    languages: tuple[str, ...] = field(default=(), converter=ordered, validator=instances(language_tag, most=100))
    #: When somebody is there, in words; empty where that is not known.
    hours: str = ""
    #: Where it stands who they are and how they are reached.
    source: str = field(validator=filled(_LINE))
    #: The day somebody made sure that it is right.
    checked_on: date = field(validator=_day)
    #: The first day on which it is no longer shown; at most 366 days after it was checked.
    expires_on: date = field(validator=_day)

    def __attrs_post_init__(self) -> None:
        """Refuse what never expires."""
        if not 0 < (self.expires_on - self.checked_on).days <= _LONGEST_DAYS:
            raise InvalidValueError("expires_on", f"must be 1 to {_LONGEST_DAYS} days after checked_on")

    def is_current(self, on: date) -> bool:
        """Tell whether it may be shown on a day; what is said to be checked later than that may not."""
        return self.checked_on <= on < self.expires_on


class SupportProvider(Protocol):
    """What a host asks for help near a place; where the entries come from is the host's choice."""

    def entries(self, place: str) -> Iterable[SupportEntry]:
        """Return what there is for a place, such as a country code; empty is anywhere."""


@frozen
class Support:
    """What the support page shows."""

    #: What always holds.
    text: Text
    #: What is near and current, in the order of the provider.
    entries: tuple[SupportEntry, ...] = ()
    #: False where the provider could not be asked; the page opens all the same.
    complete: bool = True


def support(provider: SupportProvider | None = None, *, on: date, place: str = "") -> Support:
    """Return what the support page shows on a day; without a provider, what is true everywhere.

    Nothing is kept of the question. *place* goes to the provider and nowhere else. An entry past its day is left out,
    and a provider that fails never keeps the page from opening.

    >>> support(on=date(2026, 11, 23)).entries
    ()
    """
    if provider is None:
        return Support(SUPPORT)
    try:
        found = tuple(one for one in provider.entries(place) if one.is_current(on))
    except Exception:  # noqa: BLE001 - whatever went wrong there, somebody needs this page now
        return Support(SUPPORT, complete=False)
    return Support(SUPPORT, found)
