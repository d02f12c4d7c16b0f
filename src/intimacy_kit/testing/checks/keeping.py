"""Words: on their writer's pages, on nobody else's, in no log; and gone everywhere when they are erased."""

import logging
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from attrs import frozen

from intimacy_kit.testing.actions import Action, Agree, Erase, Note, Seal, Start, Withdraw
from intimacy_kit.testing.checks.comparing import compared, found_in
from intimacy_kit.testing.checks.stages import Check, Rehearsal, Stage, UncheckedError
from intimacy_kit.testing.reports import Evidence

__all__ = ["CHECKS"]

#: What somebody wrote for themselves: by what it is called in here.
_PRIVATE = ("note", "sealed", "agreed", "withdrawn")
_OPENED = "opened"


@frozen
class _Written:
    """A space in which everybody wrote something of each kind."""

    stage: Stage
    #: The kinds that the app has.
    private: tuple[str, ...]
    opened: bool


def _everybody_writes(rehearsal: Rehearsal) -> _Written:
    """Let everybody write a note, seal answers of all kinds, and open one together."""
    stage = rehearsal.stage()
    one, two, three = rehearsal.prompts[:3]
    if not rehearsal.lacks(Start):
        for about in (one, two, three):
            stage.act(rehearsal.people[0], Start(about))
    opens = not rehearsal.lacks(Seal, Agree)
    for who in rehearsal.people if opens else ():
        stage.act(who, Seal(one, _word(rehearsal, who, _OPENED)), Agree(one))
    private: Mapping[str, Sequence[Action]] = {}
    for who in rehearsal.people:
        private = {
            "withdrawn": [Seal(two, _word(rehearsal, who, "withdrawn")), Withdraw(two)],
            "sealed": [Seal(two, _word(rehearsal, who, "sealed"))],
            "note": [Note(_word(rehearsal, who, "note"))],
        }
        if who == rehearsal.people[0]:
            private = {**private, "agreed": [Seal(three, _word(rehearsal, who, "agreed")), Agree(three)]}
        private = {kind: acts for kind, acts in private.items() if not rehearsal.lacks(*map(type, acts))}
        for acts in private.values():
            stage.act(who, *acts)
        stage.look(who)
    if not private:
        raise UncheckedError("the app has nothing that people write for themselves")
    return _Written(stage, _PRIVATE, opens)


def _word(rehearsal: Rehearsal, who: str, kind: str) -> str:
    return rehearsal.word(f"{kind} of {who}")


def _found(
    rehearsal: Rehearsal, who: str, kinds: Iterable[str], places: Iterable[tuple[str, bytes]]
) -> Iterator[tuple[str, str, int]]:
    """Give where words of somebody stand: what kind they are, the place, and the first byte."""
    kept = [*places]
    for kind in kinds:
        for page, place in found_in(rehearsal.mark(f"{kind} of {who}"), kept):
            yield kind, page, place


def _others_words(rehearsal: Rehearsal) -> Iterator[Evidence]:
    written = _everybody_writes(rehearsal)
    for who in rehearsal.people:
        pages = written.stage.look(who)
        for other in rehearsal.people:
            if other != who:
                for kind, page, place in _found(rehearsal, other, written.private, pages.items()):
                    yield Evidence(f"shows what {other} wrote for themselves ({kind})", who, page, place)
        for page, place in found_in(rehearsal.mark("seed"), pages.items()):
            yield Evidence("shows the seed of the space, from which can be told what would come", who, page, place)


def _own_words(rehearsal: Rehearsal) -> Iterator[Evidence]:
    written = _everybody_writes(rehearsal)
    kinds = [kind for kind in ("note", "sealed") if not rehearsal.lacks(Note if kind == "note" else Seal)]
    for who in rehearsal.people:
        pages = written.stage.look(who)
        if not any(len({*_kinds_on(rehearsal, who, kinds, page, data)}) == len(kinds) for page, data in pages.items()):
            yield Evidence(
                f"no page holds all that they wrote ({', '.join(kinds)}), so nothing can be taken along", who
            )


def _kinds_on(rehearsal: Rehearsal, who: str, kinds: Iterable[str], page: str, data: bytes) -> Iterator[str]:
    return (kind for kind, _, _ in _found(rehearsal, who, kinds, [(page, data)]))


def _logged(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """Everybody writes, and somebody about what is not there; the app's logs are read, and those of this program."""
    with _listening() as heard:
        written = _everybody_writes(rehearsal)
        for who in rehearsal.people if not rehearsal.lacks(Seal) else ():
            written.stage.try_(who, Seal("no/such-activity", _word(rehearsal, who, "note")))
    logs = rehearsal.host.logs()
    kept = [("logging", "\n".join(heard).encode()), *(logs or ())]
    for who in rehearsal.people:
        for kind, log, place in _found(rehearsal, who, (*written.private, _OPENED), kept):
            yield Evidence(f"holds words of {who} ({kind})", "", log, place)
    if logs is None:
        raise UncheckedError("the app does not describe its logs (Host.logs); what Python logged here holds no words")


class _Listener(logging.Handler):
    """Keeps what is logged in this program, with tracebacks."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(self.format(record))


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Keep all that is logged or warned of in this program for a while, however little it matters."""
    root, listener = logging.getLogger(), _Listener()
    level = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            yield listener.heard
        listener.heard += [str(one.message) for one in warned]
    finally:
        root.setLevel(level)
        root.removeHandler(listener)


def _erased(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """One has all erased; everybody looks."""
    written = _everybody_writes(rehearsal)
    gone, *others = rehearsal.people
    before = {who: {*_found_on_pages(rehearsal, written.stage, who)} for who in others}
    written.stage.act(gone, Erase())
    kinds = _kinds_gone(rehearsal, written)
    for who in rehearsal.people:
        for kind, page, place in _found(rehearsal, gone, kinds, written.stage.look(who).items()):
            yield Evidence(f"shows words of {gone}, who was erased ({kind})", who, page, place)
    for who in others:
        for kind in sorted(before[who] - {*_found_on_pages(rehearsal, written.stage, who)}):
            yield Evidence(f"their own words are gone ({kind}), and it was {gone} who was erased", who)
    if rehearsal.host.shared == "kept" and written.opened:
        for who in others:
            if not [*_found(rehearsal, gone, [_OPENED], written.stage.look(who).items())]:
                yield Evidence(f"what {gone} had opened is gone, and the space was opened to keep it", who)


def _found_on_pages(rehearsal: Rehearsal, stage: Stage, who: str) -> Iterator[str]:
    return (kind for kind, _, _ in _found(rehearsal, who, (*_PRIVATE, _OPENED), stage.look(who).items()))


def _kinds_gone(rehearsal: Rehearsal, written: _Written) -> tuple[str, ...]:
    return (*written.private, _OPENED) if rehearsal.host.shared == "removed" else written.private


def _erased_twice(rehearsal: Rehearsal) -> Iterator[Evidence]:
    written = _everybody_writes(rehearsal)
    gone, *others = rehearsal.people
    written.stage.act(gone, Erase())
    before = {who: written.stage.compare_later(written.stage.look(who)) for who in others}
    written.stage.try_(gone, Erase())
    for who in others:
        after = written.stage.compare_later(written.stage.look(who))
        yield from compared(who, (before[who], after), f"{gone} was erased once, or twice")


def _erased_at_rest(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """One has all erased; all that the app keeps is searched."""
    written = _everybody_writes(rehearsal)
    gone = rehearsal.people[0]
    kept = rehearsal.host.at_rest()
    if kept is None:
        raise UncheckedError("the app does not describe what it keeps (Host.at_rest)")
    if not [*kept]:
        yield Evidence("nothing is kept, the app says: Host.at_rest gave nothing, after everybody wrote")
    written.stage.act(gone, Erase())
    places = [*(rehearsal.host.at_rest() or ()), *(rehearsal.host.logs() or ())]
    for kind, place, byte in _found(rehearsal, gone, _kinds_gone(rehearsal, written), places):
        yield Evidence(f"still holds words of {gone}, who was erased ({kind})", "", place, byte)


CHECKS: Sequence[Check] = (
    Check(
        name="own words",
        says="Everybody finds all that they wrote on a page of theirs, and can take it along.",
        run=_own_words,
        attacks=(79,),
    ),
    Check(
        name="words of others",
        says="Nobody finds on their pages, exports and answers what others wrote for themselves, nor the space's seed.",
        run=_others_words,
        attacks=(79, 85),
    ),
    Check(
        name="logs",
        says="No log holds anybody's words.",
        run=_logged,
        attacks=(82,),
    ),
    Check(
        name="erased",
        says="Words of somebody erased are on nobody's pages; nobody else's are lost.",
        run=_erased,
        needs=(Erase,),
        attacks=(80, 100),
    ),
    Check(
        name="erased twice",
        says="Erasing somebody twice is harmless.",
        run=_erased_twice,
        needs=(Erase,),
        attacks=(80,),
    ),
    Check(
        name="erased at rest",
        says="Words of somebody erased are in nothing that the app keeps: no file, table, cache, log or backup.",
        run=_erased_at_rest,
        needs=(Erase,),
        attacks=(80, 100),
    ),
)
