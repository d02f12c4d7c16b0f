"""The same app with one mistake each, as they are made: what gives away what one keeps to oneself, and how."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from html import escape
from secrets import token_hex
from typing import Any

from conformance.room import CATALOG, Room

from intimacy_kit.errors import KitError
from intimacy_kit.practice.events import Agreed, Declined, Noted, Sealed, SpaceLeft, Started
from intimacy_kit.testing import (
    Accept,
    Action,
    Agree,
    Allow,
    Answered,
    Close,
    Decline,
    Erase,
    Leave,
    Note,
    ReadNotice,
    Seal,
    Start,
    TakeBackDecline,
    Withdraw,
    perform,
)


class _Knowing(Room):
    """An app that reads in all logs, which the server may, and shows what it finds, which it may not."""

    def of(self, kind: type, partner: str | None = None) -> list[Any]:
        names = self.people if partner is None else [partner]
        logs = [None, *names]
        return [event for log in logs for event in self.db.events("us", partner=log) if isinstance(event, kind)]

    def others(self, partner: str) -> list[str]:
        return [name for name in self.people if name != partner]


class CountsDeclines(_Knowing):
    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        return super().home(partner, view) | {"declined so far": len(self.of(Declined))}


class SaysWhoAnswered(_Knowing):
    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        waiting = [name for name in self.others(partner) if self.of(Sealed, name)]
        return super().home(partner, view) | {"has answered": waiting}


class SaysWhoDeclined(_Knowing):
    def refusal(self, partner: str, action: Action, error: KitError) -> bytes:
        name = getattr(action, "activity", "")
        declined = {event.activity for other in self.others(partner) for event in self.of(Declined, other)}
        return b"not today" if name in declined else super().refusal(partner, action, error)


class PadsByWhatIsThere(_Knowing):
    """Nothing is said, but a page grows with what others wrote."""

    def see(self, partner: str) -> Mapping[str, bytes]:
        pages = dict(super().see(partner))
        pages["own"] = pages.get("own", b"") + b" " * len(self.of(Noted))
        return pages


class CountsIds(_Knowing):
    """Rows of all people are numbered together."""

    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        number = sum(len(self.db.events("us", partner=name)) for name in self.people)
        return super().home(partner, view) | {"id": 1000 + number}


class SortsByWhatOthersWrote(_Knowing):
    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        home = super().home(partner, view)
        if any(self.of(Noted, other) for other in self.others(partner)):
            home["open"] = home["open"][::-1]
        return home


class SaysWhoWasHere(Room):
    def begin(self, people: Sequence[str], *, seed: str) -> None:
        self.here: dict[str, int] = {}
        super().begin(people, seed=seed)

    def see(self, partner: str) -> Mapping[str, bytes]:
        self.here[partner] = self.here.get(partner, 0) + 1
        lately = {name: count for name, count in self.here.items() if name != partner}
        return {**super().see(partner), "here": json.dumps(lately).encode()}


class NotifiesWithTheHour(Room):
    """A notification says when somebody did something, though not what."""

    def begin(self, people: Sequence[str], *, seed: str) -> None:
        self.told: list[tuple[str, str]] = []
        super().begin(people, seed=seed)

    def send(self, partner: str, action: Action) -> Answered:
        if isinstance(action, Leave | Close | Withdraw):
            self.told.append((partner, f"{self.now:%H:%M}"))
        return super().send(partner, action)

    def see(self, partner: str) -> Mapping[str, bytes]:
        told = [hour for name, hour in self.told if name != partner]
        return {**super().see(partner), "notifications": json.dumps(told).encode()}


class TellsWhenItWasOpened(_Knowing):
    """Answers are shown with the hour at which the last one agreed."""

    def begin(self, people: Sequence[str], *, seed: str) -> None:
        self.opened = ""
        super().begin(people, seed=seed)

    def send(self, partner: str, action: Action) -> Answered:
        self.opened = f"{self.now:%H:%M}" if isinstance(action, Agree) else self.opened
        return super().send(partner, action)

    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        return super().home(partner, view) | ({"opened": self.opened} if view["revealed"] else {})


class GivesAReason(_Knowing):
    """The home page says why there is nothing."""

    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        pausing = any(self.space.view(name, now=self.now).own.boundaries.paused for name in self.others(partner))
        return super().home(partner, view) | ({"note": "a pause"} if pausing else {})


class SaysWhoRefuses(_Knowing):
    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        topics = [self.space.view(name, now=self.now).own.boundaries.topics for name in self.others(partner)]
        return super().home(partner, view) | {"not about": [list(one) for one in topics]}


class SaysWhoAccepted(_Knowing):
    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        yes = [self.space.view(name, now=self.now).own.boundaries.accepted for name in self.others(partner)]
        return super().home(partner, view) | {"waits for you": len(yes[0])}


class SaysWhoReadTheNotice(_Knowing):
    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        read = [self.space.view(name, now=self.now).own.notice_read for name in self.others(partner)]
        return super().home(partner, view) | {"read": read}


class HasAPageOnlyThen(_Knowing):
    """A page is there only where there is something to hide."""

    def see(self, partner: str) -> Mapping[str, bytes]:
        waiting = any(self.of(Noted, name) for name in self.others(partner))
        return {**super().see(partner), **({"waiting": b""} if waiting else {})}


class SaysHowDeep(_Knowing):
    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        depths = [self.space.view(name, now=self.now).own.boundaries.depth for name in self.others(partner)]
        return super().home(partner, view) | {"as deep as": depths}


class WaitsForTheNotice(_Knowing):
    """What is too deep is refused otherwise where only the notice is missing."""

    def refusal(self, partner: str, action: Action, error: KitError) -> bytes:
        waits = not all(self.space.view(name, now=self.now).own.notice_read for name in self.others(partner))
        return b"wait for the other one" if waits else super().refusal(partner, action, error)


class SaysWhenBothAnswered(_Knowing):
    """Who answered themselves is told that the other one has, too."""

    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        ready = bool(view["sealed"]) and all(self.of(Sealed, name) for name in self.others(partner))
        return super().home(partner, view) | {"ready": ready}


class IsNeverTheSame(Room):
    """Nothing leaks, but nothing can be compared: a page holds a number drawn anew each time."""

    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        return super().home(partner, view) | {"token": token_hex(8)}


class OffersWhatWasDeclined(Room):
    """Declines are kept, and not heeded."""

    def send(self, partner: str, action: Action) -> Answered:
        if isinstance(action, Start):
            self.db.append(
                "us", [Started.of(CATALOG[action.activity], at=self.now)], expected=len(self.db.events("us"))
            )
            return Answered(True)
        return super().send(partner, action)


class ShowsWhatWasDeclined(_Knowing):
    """What was declined cannot be begun, but is put before everybody again."""

    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        declined = [event.activity for other in self.others(partner) for event in self.of(Declined, other)]
        return super().home(partner, view) | {"try again": declined}


class ForgetsDeclinesOvernight(Room):
    def send(self, partner: str, action: Action) -> Answered:
        if isinstance(action, Decline):
            action = Decline(action.activity, "now", key=action.key)
        return super().send(partner, action)


class NeverAsksAgain(Room):
    def send(self, partner: str, action: Action) -> Answered:
        if isinstance(action, Decline):
            action = Decline(action.activity, "always", key=action.key)
        return super().send(partner, action)


class OpensAtOnce(Room):
    """Answers are opened when everybody has answered; nobody is asked to agree."""

    def send(self, partner: str, action: Action) -> Answered:
        answered = super().send(partner, action)
        return super().send(partner, Agree(action.activity)) if isinstance(action, Seal) else answered


class ShowsDrafts(_Knowing):
    """What is sealed can be read until somebody agrees."""

    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        drafts = [] if self.of(Agreed) else [one.words.text for one in self.of(Sealed)]
        return super().home(partner, view) | {"drafts": drafts}


class KeepsAnAgreement(_Knowing):
    """Who agreed once agreed to whatever they answer next."""

    def send(self, partner: str, action: Action) -> Answered:
        answered = super().send(partner, action)
        agreed = any(one.activity == getattr(action, "activity", "") for one in self.of(Agreed, partner))
        return super().send(partner, Agree(action.activity)) if isinstance(action, Seal) and agreed else answered


class OpensToWhoHasNotAnswered(_Knowing):
    """Who agrees reads what was agreed to, an answer of their own or not."""

    def begin(self, people: Sequence[str], *, seed: str) -> None:
        self.agreed: set[str] = set()
        super().begin(people, seed=seed)

    def send(self, partner: str, action: Action) -> Answered:
        answered = super().send(partner, action)
        if isinstance(action, Agree) and not answered.done:
            self.agreed.add(partner)
        return answered

    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        agreed = {event.partner for event in self.of(Agreed)}
        answers = [one.words.text for one in self.of(Sealed) if one.partner in agreed and partner in self.agreed]
        return super().home(partner, view) | {"answers": answers}


class OpensToWhoAgrees(_Knowing):
    """Who agreed reads what the other one answered, agreed or not."""

    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        agreed = any(one["agreed"] for one in view["sealed"])
        answers = [event.words.text for other in self.others(partner) for event in self.of(Sealed, other)]
        return super().home(partner, view) | ({"answers": answers} if agreed else {})


class TakesAnythingForAnAnswer(Room):
    """What is empty counts as an answer, and an answer to all as agreed: nobody waits for anybody."""

    def send(self, partner: str, action: Action) -> Answered:
        if isinstance(action, Seal) and not action.words.strip():
            self.forced = action.activity
            return Answered(True)
        return super().send(partner, action)

    def begin(self, people: Sequence[str], *, seed: str) -> None:
        self.forced = ""
        super().begin(people, seed=seed)

    def see(self, partner: str) -> Mapping[str, bytes]:
        pages = dict(super().see(partner))
        if self.forced:
            sealed = [one for name in self.people for one in self.space.view(name, now=self.now).sealed]
            pages["opened"] = "\n".join(one.answer.words.text for one in sealed).encode()
        return pages


class LosesTheRace(Room):
    """Of several who act at once, who agrees is heard, and who takes something back is told that it was done."""

    def send_all(self, actions: Sequence[tuple[str, Action]]) -> Sequence[Answered]:
        return [Answered(True) if isinstance(action, Withdraw) else self.send(who, action) for who, action in actions]


class IgnoresWithdrawals(Room):
    def send(self, partner: str, action: Action) -> Answered:
        return Answered(True) if isinstance(action, Withdraw) else super().send(partner, action)


class KeepsACopyOfWhatWasOpened(Room):
    """What was opened once stays in a cache of its reader."""

    def begin(self, people: Sequence[str], *, seed: str) -> None:
        self.cache: dict[str, list[Any]] = {}
        super().begin(people, seed=seed)

    def send(self, partner: str, action: Action) -> Answered:
        answered = super().send(partner, action)
        for name in self.people if isinstance(action, Agree) else ():
            self.cache.setdefault(name, []).extend(self.space.view(name, now=self.now).to_document()["revealed"])
        return answered

    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        return super().home(partner, view) | {"revealed": self.cache.get(partner, [])}


class DoesRetriesTwice(Room):
    def send(self, partner: str, action: Action) -> Answered:
        if isinstance(action, Note):
            action = Note(action.words)
        return super().send(partner, action)


class AgreesAgain(Room):
    """A retry of an agreement agrees to whatever there is by then."""

    def send(self, partner: str, action: Action) -> Answered:
        return super().send(partner, Agree(action.activity) if isinstance(action, Agree) else action)


class CachesBoundaries(Room):
    """What was allowed once holds until tomorrow."""

    def send(self, partner: str, action: Action) -> Answered:
        if isinstance(action, Allow) and action.topics.get("money") == "no":
            return Answered(True)
        return super().send(partner, action)


class AsksOnlyWhoActs(OffersWhatWasDeclined):
    """Whether something may be begun depends on who begins it."""

    def send(self, partner: str, action: Action) -> Answered:
        if isinstance(action, Start) and not self.space.view(partner, now=self.now).own.allowed.allow(
            CATALOG[action.activity], self.now.date()
        ):
            return Answered(False)
        return super().send(partner, action)


class TakesOneYesForAll(Room):
    """When one says yes to a question, the others are not asked any more."""

    def send(self, partner: str, action: Action) -> Answered:
        answered = super().send(partner, action)
        for name in self.people if isinstance(action, Accept) and answered.done else ():
            super().send(name, Accept(action.activity))
        return answered


class KeepsAYesForEver(Room):
    def send(self, partner: str, action: Action) -> Answered:
        if isinstance(action, Accept) and super().send(partner, action).done:
            return super().send(partner, Allow(topics={"money": "yes"}))
        return super().send(partner, action)


class OneNoticeForAll(Room):
    def send(self, partner: str, action: Action) -> Answered:
        if isinstance(action, ReadNotice):
            return max(
                (super(OneNoticeForAll, self).send(name, ReadNotice()) for name in self.people),
                key=lambda one: one.done,
            )
        return super().send(partner, action)


class BelievesTheForm(Room):
    """Who acts is a field of the form."""

    def send_as(self, _partner: str, other: str, action: Action) -> Answered:
        return self.send(other, action)


class DoesItQuietly(Room):
    """The form is believed, and the answer says that it was not."""

    def send_as(self, _: str, other: str, action: Action) -> Answered:
        self.send(other, action)
        return Answered(False)


class SaysYesToAForm(Room):
    """Nothing is done for the other one, but the answer says that it was."""

    def send_as(self, *_: object) -> Answered:
        return Answered(True)


class GoesOnWhilePaused(OffersWhatWasDeclined):
    """A pause is only shown."""


class StaysOpen(Room):
    """Closing is left to be done by the others."""

    def send(self, partner: str, action: Action) -> Answered:
        return Answered(True) if isinstance(action, Close) else super().send(partner, action)


class LeavesTheAnswersBehind(_Knowing):
    """What somebody sealed is opened to those who stay when they leave."""

    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        left = {event.who for event in self.db.events("us") if isinstance(event, SpaceLeft)}
        answers = [event.words.text for name in left for event in self.of(Sealed, name)]
        return super().home(partner, view) | {"left": answers}


class SaysWhoClosed(Room):
    people = ("ada", "ben", "cleo")

    def begin(self, people: Sequence[str], *, seed: str) -> None:
        self.closed_by = ""
        super().begin(people, seed=seed)

    def send(self, partner: str, action: Action) -> Answered:
        if isinstance(action, Close):
            self.closed_by = partner
        return super().send(partner, action)

    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        return super().home(partner, view) | {"closed by": self.closed_by}


class LocksSupport(Room):
    def support(self, partner: str) -> bytes:
        closed = self.space.view(partner, now=self.now).closed
        return b"" if closed else (super().support(partner) or b"")


class SupportKnowsWho(Room):
    """The page is there for everybody, and says where somebody stands."""

    def support(self, partner: str) -> bytes:
        closed = self.space.view(partner, now=self.now).closed
        return (super().support(partner) or b"") + (b" You have left." if closed else b"")


class ListsWhatWasOpened(Room):
    """The home page lists the pages that were opened lately, support among them."""

    def begin(self, people: Sequence[str], *, seed: str) -> None:
        self.lately: list[str] = []
        super().begin(people, seed=seed)

    def support(self, partner: str) -> bytes | None:
        self.lately.append(partner)
        return super().support(partner)

    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        return super().home(partner, view) | {"lately": ["support" for name in self.lately if name == partner]}


class HasNoSupport(Room):
    def support(self, _: str) -> bytes:
        return b""


class LogsSupport(Room):
    def support(self, partner: str) -> bytes | None:
        self.logged.append("somebody asked for support")
        return super().support(partner)


class KeepsOldNumbers(Room):
    def support(self, _partner: str) -> bytes:
        return b"Call 0800 000 000."


class ForgetsItsNumbers(Room):
    contacts = ("0800 111 111",)


class LogsWords(Room):
    def send(self, partner: str, action: Action) -> Answered:
        self.logged.append(f"{partner}: {getattr(action, 'words', '')}")
        return super().send(partner, action)


class LogsErrorsWithWords(Room):
    """Only where something goes wrong, and into Python's own log."""

    def refusal(self, partner: str, action: Action, error: KitError) -> bytes:
        logging.getLogger("room").debug("refused %s", getattr(action, "words", ""))
        return super().refusal(partner, action, error)


class KeepsASearchIndex(Room):
    """A table beside the store, which erasing does not know of."""

    def begin(self, people: Sequence[str], *, seed: str) -> None:
        self.index: list[bytes] = []
        super().begin(people, seed=seed)

    def send(self, partner: str, action: Action) -> Answered:
        self.index.append(str(getattr(action, "words", "")).encode("utf-16-le"))
        return super().send(partner, action)

    def at_rest(self) -> Iterable[tuple[str, bytes]]:
        yield from super().at_rest() or ()
        yield "index", b"".join(self.index)


class OnlyHidesWhenErased(Room):
    """Erasing marks somebody as gone, and their pages stay."""

    def send(self, partner: str, action: Action) -> Answered:
        return Answered(True) if isinstance(action, Erase) else super().send(partner, action)


class ErasesEverybody(Room):
    def send(self, partner: str, action: Action) -> Answered:
        for name in self.people if isinstance(action, Erase) else ():
            perform(self.space, name, action, at=self.now)
        return Answered(True) if isinstance(action, Erase) else super().send(partner, action)


class ErasesWhatWasKept(Room):
    """The space was opened so that others keep what was opened to them, and they lose it."""

    shared = "kept"

    def begin(self, people: Sequence[str], *, seed: str) -> None:
        self.shared = "removed"
        super().begin(people, seed=seed)
        self.shared = "kept"


class ExportsEverybody(_Knowing):
    def export(self, _partner: str, document: bytes) -> bytes:
        notes = [event.words.text for event in self.of(Noted)]
        return document + escape("\n".join(notes)).encode()


class ExportsTheSeed(Room):
    def begin(self, people: Sequence[str], *, seed: str) -> None:
        self.seed = seed
        super().begin(people, seed=seed)

    def export(self, _partner: str, document: bytes) -> bytes:
        return document + self.seed.encode()


class ExportsNothing(Room):
    def see(self, partner: str) -> Mapping[str, bytes]:
        return {name: data for name, data in super().see(partner).items() if name == "home"}


class CountsErasures(Room):
    """Erasing twice is told twice."""

    def begin(self, people: Sequence[str], *, seed: str) -> None:
        self.erased = 0
        super().begin(people, seed=seed)

    def send(self, partner: str, action: Action) -> Answered:
        self.erased += isinstance(action, Erase)
        return super().send(partner, action)

    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        return super().home(partner, view) | {"erased": self.erased}


class SaysWhatIsBack(_Knowing):
    """What was declined and comes again is put before everybody as such."""

    def home(self, partner: str, view: dict[str, Any]) -> dict[str, Any]:
        today = self.now.date()
        back = [one.activity for one in self.of(Declined) if one.until <= today < one.until + timedelta(days=7)]
        return super().home(partner, view) | {"back": back}


class LetsLeaversGoOn(Room):
    """Who left may still begin things for those who stay."""

    def send(self, partner: str, action: Action) -> Answered:
        left = {event.who for event in self.db.events("us") if isinstance(event, SpaceLeft)}
        return Answered(True) if partner in left and isinstance(action, Start) else super().send(partner, action)


class NeverTakesBack(Room):
    """A decline is for ever, whatever its writer says."""

    def send(self, partner: str, action: Action) -> Answered:
        return Answered(True) if isinstance(action, TakeBackDecline) else super().send(partner, action)


#: Each mistake, and the check that has to catch it.
LEAKS: Mapping[type[Room], str] = {
    IsNeverTheSame: "same twice",
    CountsDeclines: "declines",
    HasAPageOnlyThen: "notes",
    SaysHowDeep: "boundaries",
    WaitsForTheNotice: "depths",
    SaysWhenBothAnswered: "sealed beside",
    SaysWhoAnswered: "sealed before",
    SaysWhoDeclined: "errors",
    PadsByWhatIsThere: "notes",
    CountsIds: "notes",
    SortsByWhatOthersWrote: "made up",
    SaysWhoWasHere: "looks",
    NotifiesWithTheHour: "hours",
    TellsWhenItWasOpened: "hours",
    GivesAReason: "pauses",
    SaysWhoRefuses: "reasons",
    SaysWhoAccepted: "asks",
    SaysWhoReadTheNotice: "notice",
    OffersWhatWasDeclined: "declined stays away",
    ShowsWhatWasDeclined: "declined is not shown",
    ForgetsDeclinesOvernight: "declined stays away",
    NeverAsksAgain: "asked again",
    SaysWhatIsBack: "asked again",
    LetsLeaversGoOn: "leaving",
    NeverTakesBack: "decline taken back",
    OpensAtOnce: "opened together",
    OpensToWhoAgrees: "sealed after",
    ShowsDrafts: "opened together",
    KeepsAnAgreement: "withdrawn",
    OpensToWhoHasNotAnswered: "thin answers",
    HasNoSupport: "support open",
    SupportKnowsWho: "support open",
    ListsWhatWasOpened: "support unseen",
    TakesAnythingForAnAnswer: "thin answers",
    LosesTheRace: "withdrawn in a race",
    IgnoresWithdrawals: "withdrawn",
    KeepsACopyOfWhatWasOpened: "taken back",
    DoesRetriesTwice: "retries",
    AgreesAgain: "late retries",
    CachesBoundaries: "lowering",
    AsksOnlyWhoActs: "raising",
    TakesOneYesForAll: "asking",
    KeepsAYesForEver: "asking",
    OneNoticeForAll: "notice first",
    BelievesTheForm: "own name only",
    DoesItQuietly: "own name only",
    SaysYesToAForm: "own name only",
    GoesOnWhilePaused: "pausing",
    StaysOpen: "closing",
    LeavesTheAnswersBehind: "leaving",
    SaysWhoClosed: "closed by whom",
    LocksSupport: "support open",
    LogsSupport: "support unseen",
    KeepsOldNumbers: "support current",
    ForgetsItsNumbers: "support current",
    LogsWords: "logs",
    LogsErrorsWithWords: "logs",
    KeepsASearchIndex: "erased at rest",
    OnlyHidesWhenErased: "erased",
    ErasesEverybody: "erased",
    ErasesWhatWasKept: "erased",
    CountsErasures: "erased twice",
    ExportsEverybody: "words of others",
    ExportsTheSeed: "words of others",
    ExportsNothing: "own words",
}
