"""What an app describes of itself, so that its promises can be tried: how to act in it, and what a person can fetch.

Subclass :class:`Host`. Three methods are needed; what else an app can say makes more checks possible, and the report
names those that were not. An app that is reached over HTTP takes :class:`~intimacy_kit.testing.web.HTTPHost`.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from attrs import field, frozen

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.testing.actions import Action

__all__ = ["Answered", "Host", "Ignored"]


@frozen
class Answered:
    """What an app answered to an action."""

    #: Whether it was done; False where the app refused it, for whatever reason.
    done: bool
    #: All that came back to the person: page or body, error text, status, headers.
    shown: bytes = field(default=b"", repr=False)


def _reads(_: object, __: object, pattern: bytes) -> None:
    try:
        empty = re.search(pattern, b"") is not None
    except re.error:
        raise InvalidValueError("pattern", "must be a regular expression") from None
    if empty:
        raise InvalidValueError("pattern", "must not match nothing at all: it would ignore everything")


@frozen(kw_only=True)
class Ignored:
    """Bytes of one page that are not compared, because they differ whenever the page is fetched.

    What is ignored may hide a leak: name it as narrowly as can be. The report says how much it was. Its length is
    still compared, and words of others are looked for in it all the same.

    >>> Ignored(page="home", pattern=rb"csrf=[0-9a-f]{32}", why="a fresh token for each form").page
    'home'
    """

    #: The page, by the name that ``see`` gives it; ``answers`` are the answers to actions.
    page: str
    #: A regular expression over bytes.
    pattern: bytes = field(validator=_reads)
    #: Why it says nothing about anybody.
    why: str


class Host(ABC):
    """An app, as its developer describes it to the kit.

    People are named by the kit, as in ``people``; an app with ids of its own maps them in ``begin``.
    """

    #: Whom a space is begun for: two to six names. With three and more, more can be checked.
    people: Sequence[str] = ("ada", "ben")
    #: The kinds of actions that the app does not have.
    lacks: Collection[type[Action]] = ()
    #: What differs whenever it is fetched.
    ignores: Sequence[Ignored] = ()
    #: What becomes of words that were opened when their writer is erased: ``removed`` for everybody, or ``kept``.
    shared: str = "removed"
    #: What the support page shows of places where help is, numbers and addresses: all that is out of date one day.
    contacts: Sequence[str] = ()

    @abstractmethod
    def begin(self, people: Sequence[str], *, seed: str) -> Mapping[str, str] | None:
        """Begin a fresh space for these people, as if there had been none before, and forget the last one.

        *seed* is for the order of the space: an app that draws one itself takes this one here. It returns None, or
        the ids that stand for a name in pages, such as ``{"ada": "u-1027", "space": "s-77"}``; they are taken for
        that name wherever they occur.
        """

    @abstractmethod
    def send(self, partner: str, action: Action) -> Answered:
        """Let somebody do something, as their phone would, and return all that comes back to it."""

    @abstractmethod
    def see(self, partner: str) -> Mapping[str, bytes]:
        """Return all that somebody can fetch now, by names: pages, answers of an API, notifications, exports."""

    def at(self, moment: datetime) -> bool:  # noqa: ARG002 - for apps that have a clock
        """Set the app's clock, from now on, and return True; False where it has none that can be set."""
        return False

    def send_all(self, actions: Sequence[tuple[str, Action]]) -> Sequence[Answered] | None:  # noqa: B027 - what an app need not describe
        """Send several actions at once, as from several phones; None where that is not described."""

    def send_as(self, partner: str, other: str, action: Action) -> Answered | None:  # noqa: B027 - what an app need not describe
        """Let somebody, logged in as themselves, try to act as another one; None where that is not described."""

    def support(self, partner: str) -> bytes | None:  # noqa: B027 - what an app need not describe
        """Return the support page as this person gets it; None where it is not described."""

    def at_rest(self) -> Iterable[tuple[str, bytes]] | None:  # noqa: B027 - what an app need not describe
        """Return all that the app keeps, by name: files, tables, caches, backups; None where it is not described."""

    def logs(self) -> Iterable[tuple[str, bytes]] | None:  # noqa: B027 - what an app need not describe
        """Return all that the app logs, by name; None where it is not described."""
