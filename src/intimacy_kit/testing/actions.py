"""What people do in an app, as values: a closed list, which a host is told one by one.

Every action has a *key*: the same key means the same action, sent again because an answer got lost.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from attrs import field, frozen

from intimacy_kit.practice.boundaries import Answer
from intimacy_kit.stores.spaces import Space

__all__ = [
    "KINDS",
    "Accept",
    "Action",
    "Agree",
    "Allow",
    "CheckIn",
    "ChooseJourney",
    "Close",
    "Complete",
    "Decline",
    "Erase",
    "Leave",
    "Note",
    "Offer",
    "Pause",
    "PutDown",
    "ReadNotice",
    "Resume",
    "Seal",
    "Skip",
    "Start",
    "TakeBackDecline",
    "Withdraw",
    "perform",
]


@frozen
class _Keyed:
    """An action that can be sent again."""

    #: What a retry has in common with the first try; each new action has a new one.
    key: str = field(default="", kw_only=True)


@frozen
class _AboutActivity(_Keyed):
    """An action about an activity, by its full id."""

    activity: str


@frozen
class ReadNotice(_Keyed):
    """Somebody read, alone, the notice that comes before depth 2."""


@frozen
class Allow(_Keyed):
    """Somebody sets how deep it may go, and what they answer to some topics; the rest stays as it was."""

    depth: int | None = None
    topics: Mapping[str, Answer] = field(factory=dict, hash=False)


@frozen
class Decline(_AboutActivity):
    """Somebody does not want an activity."""

    scope: Literal["now", "month", "always"] = "now"


@frozen
class TakeBackDecline(_AboutActivity):
    """Somebody lets come again what they declined."""


@frozen
class Accept(_AboutActivity):
    """Somebody was asked about an activity, alone, and says yes."""


@frozen
class Pause(_Keyed):
    """Somebody wants nothing for now."""


@frozen
class Resume(_Keyed):
    """Somebody ends their pause."""


@frozen
class Leave(_Keyed):
    """Somebody leaves the space."""


@frozen
class Close(_Keyed):
    """Somebody closes the space for everybody."""


@frozen
class Note(_Keyed):
    """Somebody writes something down for themselves."""

    words: str = field(repr=False)


@frozen
class CheckIn(_AboutActivity):
    """Somebody answers a check-in for themselves: a point of its scale for each question."""

    answers: Mapping[str, int] = field(repr=False, hash=False)


@frozen
class Seal(_AboutActivity):
    """Somebody seals an answer."""

    words: str = field(repr=False)


@frozen
class Agree(_AboutActivity):
    """Somebody agrees that the answers are opened once everybody does."""


@frozen
class Withdraw(_AboutActivity):
    """Somebody takes their answer back."""


@frozen
class Offer(_AboutActivity):
    """Somebody puts an activity before everybody."""


@frozen
class Start(_AboutActivity):
    """Somebody begins an activity."""


@frozen
class PutDown(_AboutActivity):
    """Somebody stops in the middle, to go on another time."""


@frozen
class Complete(_AboutActivity):
    """They did an activity to the end."""


@frozen
class Skip(_AboutActivity):
    """They put an activity aside together."""


@frozen
class ChooseJourney(_Keyed):
    """They follow a journey, or none."""

    journey: str | None = None


@frozen
class Erase(_Keyed):
    """Somebody has all that is theirs erased."""


Action = (
    ReadNotice
    | Allow
    | Decline
    | TakeBackDecline
    | Accept
    | Pause
    | Resume
    | Leave
    | Close
    | Note
    | CheckIn
    | Seal
    | Agree
    | Withdraw
    | Offer
    | Start
    | PutDown
    | Complete
    | Skip
    | ChooseJourney
    | Erase
)

#: All kinds of actions there are.
KINDS: tuple[type[Action], ...] = (
    *(ReadNotice, Allow, Decline, TakeBackDecline, Accept, Pause, Resume, Leave, Close, Note, CheckIn),
    *(Seal, Agree, Withdraw, Offer, Start, PutDown, Complete, Skip, ChooseJourney, Erase),
)


def perform(space: Space, partner: str, action: Action, *, at: datetime) -> None:
    """Do an action in a space of this kit: for an app that uses :class:`~intimacy_kit.stores.spaces.Space` itself.

    Raises what the method of the space raises.
    """
    match action:
        case Note() | Seal() | CheckIn():
            _write(space, partner, action, at)
        case Allow(depth, topics):
            space.allow(partner, at=at, depth=depth, topics=topics, key=action.key)
        case Decline(activity, scope):
            space.decline(partner, activity, at=at, scope=scope, key=action.key)
        case ChooseJourney(journey):
            space.choose_journey(partner, journey, at=at, key=action.key)
        case Offer(activity):
            space.offer(partner, [activity], at=at, key=action.key)
        case Erase():
            space.erase(partner, at=at)
        case _:
            _do(space, partner, action, at)


def _write(space: Space, partner: str, action: Note | Seal | CheckIn, at: datetime) -> None:
    match action:
        case Note(words):
            space.note(partner, words, at=at, key=action.key)
        case Seal(activity, words):
            space.seal(partner, activity, words, at=at, key=action.key)
        case _:
            space.check_in(partner, action.activity, action.answers, at=at, key=action.key)


_Bare = ReadNotice | Pause | Resume | Leave | Close
_About = TakeBackDecline | Accept | Agree | Withdraw | Start | PutDown | Complete | Skip


def _do(space: Space, partner: str, action: _Bare | _About, at: datetime) -> None:
    """Do what the space has a method for that takes nothing but, perhaps, an activity."""
    about = {
        TakeBackDecline: space.take_back_decline,
        Accept: space.accept,
        Agree: space.agree,
        Withdraw: space.withdraw,
        Start: space.start,
        PutDown: space.put_down,
        Complete: space.complete,
        Skip: space.skip,
    }
    bare = {
        ReadNotice: space.read_notice,
        Pause: space.pause,
        Resume: space.resume,
        Leave: space.leave,
        Close: space.close,
    }
    if isinstance(action, _About):
        about[type(action)](partner, action.activity, at=at, key=action.key)
    else:
        bare[type(action)](partner, at=at, key=action.key)
