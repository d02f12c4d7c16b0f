"""Mending by itself what can be mended without changing what anything means.

Nothing is believed of an edit: the pack is checked again after it, and where it brought anything new, it is taken back.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from attrs import field, frozen

from intimacy_kit.authoring.building import build
from intimacy_kit.authoring.checking import Checked, check
from intimacy_kit.authoring.diagnostics.snippets import with_snippets
from intimacy_kit.authoring.mending import MENDED, Change
from intimacy_kit.content.packs import Pack
from intimacy_kit.errors import KitError
from intimacy_kit.problems import Problem

__all__ = ["FIXED", "Fixed", "fix"]

#: A pack that was not compiled since its sources changed; compiling mends it.
_STALE = "K407"
#: The codes of what is mended by itself.
FIXED = (*MENDED, _STALE)

#: What is mended first, then what comes next; only when a pack can be read, everything can be said of the rest.
_STAGES = (("K0",), ("K1", "K2", "K4"), ("K",))
#: The families of codes that say that something cannot be read.
_FORM = ("K0", "K1", "K4")

#: Mending one thing may bring to light another, such as the next slip in the same text; so often it is tried again.
_ROUNDS = 100


@frozen
class Fixed:
    """What was mended, and what is left."""

    #: The problems that are gone, where they stood when they were mended; in the order of files and lines.
    mended: tuple[Problem, ...]
    #: What checking says now.
    left: Checked


@frozen
class _Edit:
    """A change of a file that mends a problem: from its text to another."""

    problem: Problem
    change: Change = field(eq=False)


@frozen
class _Mending:
    """How far the mending of a pack has come."""

    root: Path
    beside: tuple[Pack, ...]
    now: Checked
    mended: tuple[Problem, ...] = ()
    #: What cannot be mended without harm.
    refused: frozenset[Problem] = frozenset()

    def edits(self) -> tuple[_Edit, ...]:
        """Return what to try next, from the ends of files to their beginnings; that keeps places where they are."""
        found = [
            _Edit(problem, change)
            for problem, snippet in with_snippets(self.now.problems, self.root)
            if problem.code in MENDED and problem not in self.refused
            if (change := MENDED[problem.code](problem, snippet))
        ]
        found.sort(key=lambda edit: edit.problem, reverse=True)
        stages = (tuple(edit for edit in found if edit.problem.code.startswith(stage)) for stage in _STAGES)
        return next(filter(None, stages), ())

    def after(self, edits: Sequence[_Edit]) -> "_Mending":
        """Return what has become of it after all of these edits, or without those that do harm."""
        if tried := self._tried(edits):
            return tried
        if len(edits) == 1:
            return self._with(refused={edits[0].problem})
        half = len(edits) // 2  # those nearer to the ends of files first, so that the others stay where they are
        return self.after(edits[:half]).after(edits[half:])

    def _tried(self, edits: Sequence[_Edit]) -> "_Mending | None":
        """Make some edits; return None, and leave no trace of them, where anything is not better than before."""
        with _taken_back_unless_kept(self.root, edits) as keep:
            after = check(self.root, self.beside)
            if _is_better(after, self.now, [edit.problem for edit in edits]):
                keep()
                return self._with(after, mended=tuple(edit.problem for edit in edits))
        return None

    def _with(
        self, now: Checked | None = None, mended: tuple[Problem, ...] = (), refused: Iterable[Problem] = ()
    ) -> "_Mending":
        return _Mending(self.root, self.beside, now or self.now, self.mended + mended, self.refused | {*refused})


def fix(root: Path, beside: Iterable[Pack] = ()) -> Fixed:
    """Mend what can be mended safely in the sources in a folder, and check them again.

    Where the sources have changed since the pack was compiled, it is compiled. Raises KitError where a file cannot be
    written; it is as it was then.
    """
    others = tuple(beside)
    mending = _Mending(root, others, check(root, others))
    for _ in range(_ROUNDS):
        edits = mending.edits()
        if not edits:
            break
        mending = mending.after(edits)
    now, stale = mending.now, tuple(problem for problem in mending.now.problems if problem.code == _STALE)
    if stale:
        build(root)
        now = check(root, others)
    return Fixed((*sorted(mending.mended), *(problem for problem in stale if problem not in now.problems)), now)


@contextmanager
def _taken_back_unless_kept(root: Path, edits: Iterable[_Edit]) -> Iterator[Callable[[], None]]:
    """Make edits; all files are as they were afterwards, unless what is given was called."""
    before: dict[Path, bytes] = {}
    kept: list[bool] = []
    try:
        for edit in edits:
            path = root / edit.problem.where.file
            data = path.read_bytes()
            before.setdefault(path, data)
            _write(path, edit.change(data.decode("utf-8")).encode("utf-8"), edit.problem.where.file)
        yield lambda: kept.append(True)
    finally:
        for path, data in before.items() if not kept else ():
            with suppress(OSError):  # it could not be written in the first place
                path.write_bytes(data)


def _write(path: Path, data: bytes, file: str) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        why = (error.strerror or "for an unknown reason").lower()
        raise KitError(f"'{file}' cannot be written: {why}; see that it can be, and try again") from error


def _is_better(after: Checked, now: Checked, mended: Sequence[Problem]) -> bool:
    """Tell whether some problems are gone, and there is nothing new.

    Once something can be read, there may be more to say of it; that is nothing new.
    """
    if not set(mended).isdisjoint(after.problems):
        return False
    stage = next(stage for stage in _STAGES if mended[0].code.startswith(stage))
    if stage == _STAGES[-1]:
        return _codes(after) <= _codes(now)
    unread = {problem.where.file for problem in mended} if stage == _STAGES[0] else set()
    return _form(after, unread) <= _form(now, unread)


def _codes(checked: Checked) -> Counter[tuple[str, str]]:
    """Return what is wrong in each file; that the pack is to be compiled again does not count."""
    return Counter((one.where.file, one.code) for one in checked.problems if one.code != _STALE)


def _form(checked: Checked, unread: Iterable[str]) -> Counter[tuple[str, str, str]]:
    """Return what is wrong with the form of files, wherever in a file, but for some files."""
    return Counter(
        (one.where.file, one.code, one.message)
        for one in checked.problems
        if one.code.startswith(_FORM) and one.code != _STALE and one.where.file not in unread
    )
