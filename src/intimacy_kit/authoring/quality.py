"""``quality.yaml``: where a pack is meant to be otherwise than the editorial guide asks, and why.

Only what is told of words and style (K7xx) can be exempted, for one activity or for the pack, and each with a reason.
An exemption that nothing needs any more is a problem itself, so that none stays for years unread.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen

from intimacy_kit.authoring.codes import near_code, titles
from intimacy_kit.authoring.sources import Source, wrong_with
from intimacy_kit.authoring.yaml_sources import read_yaml
from intimacy_kit.content.packs import Pack
from intimacy_kit.loading.explaining import similar_to
from intimacy_kit.problems import Problem

__all__ = ["QUALITY", "Exemption", "Exemptions", "read_exemptions"]

QUALITY = "quality.yaml"

#: What can be exempted: the codes of words and style.
_EXEMPT = "K7"
#: Of these, what is never in a pack.
_NEVER = {"K740", "K741", "K742", "K743", "K744", "K748", "K749"}
#: What is wrong with an entry that lets pass all the same what it is there for.
_COUNTS_ALL_THE_SAME = {"K925", "K926"}
#: A reason of fewer words is none.
_FEWEST_WORDS = 4
_FEWEST_LETTERS = 8


@frozen
class Exemption:
    """What one entry lets pass."""

    code: str
    #: The slug of an activity or a journey; empty is the pack.
    about: str
    #: The pointer to it in the file.
    pointer: str


@frozen
class Exemptions:
    """What a pack is exempted from."""

    entries: tuple[Exemption, ...] = ()
    #: What is wrong with the file.
    problems: tuple[Problem, ...] = ()
    _source: Source | None = field(default=None, repr=False)

    def applied(self, problems: Iterable[Problem], pack: Pack, *, whole: bool) -> Iterator[Problem]:
        """Give the problems that are left, and the exemptions that nothing needs.

        The problems have pointers into the compiled pack. Where that is not *whole*, nobody knows what is needed.
        """
        needed: set[tuple[str, str]] = set()
        exempted = {(entry.code, entry.about) for entry in self.entries}
        for problem in problems:
            keys = {(problem.code, ""), (problem.code, _about(problem, pack))} & exempted
            needed |= keys
            if not keys:
                yield problem
        if whole:
            yield from self._stale(needed)

    def _stale(self, needed: set[tuple[str, str]]) -> Iterator[Problem]:
        for entry in self.entries:
            if (entry.code, entry.about) not in needed and self._source:
                where = self._source.where(entry.pointer)
                said = f"nothing needs this exemption from {entry.code} any more"
                yield Problem(where, "K921", said, "take it out")


def _about(problem: Problem, pack: Pack) -> str:
    """Return the slug of what a problem is about; nothing where it is the pack."""
    match problem.where.pointer.split("/", 3):
        case ["", "activities" | "journeys" as part, index, *_]:
            return str(getattr(pack, part)[int(index)].id).partition("/")[2]
        case _:
            return ""


def read_exemptions(root: Path, pack: Pack, *, whole: bool = True) -> Exemptions:
    """Read the exemptions of a pack; there may be none."""
    if not (root / QUALITY).exists():
        return Exemptions()
    source = read_yaml(root, QUALITY)
    if wrong := tuple(wrong_with(source, "quality")):
        return Exemptions((), wrong)
    written: Sequence[dict[str, Any]] = source.fields["exemptions"]
    entries = tuple(
        Exemption(one["code"], one.get("about", ""), f"/exemptions/{index}") for index, one in enumerate(written)
    )
    reasons = [one["reason"] for one in written]
    found = tuple(
        (entry, Problem(source.where(f"{entry.pointer}{pointer}"), code, said, hint))
        for number, entry in enumerate(entries)
        for pointer, code, said, hint in (
            *_wrong(entry, reasons[number], pack),
            *_said_already(entry, entries[:number], entries),
        )
        if whole or code != "K924"  # it may be about what could not be read
    )
    void = {entry.pointer for entry, problem in found if problem.code not in _COUNTS_ALL_THE_SAME}
    valid = tuple(entry for entry in entries if entry.pointer not in void)
    return Exemptions(valid, tuple(problem for _, problem in found), source)


Finding = tuple[str, str, str, str]  # pointer in the entry, code, message, hint


def _wrong(entry: Exemption, reason: str, pack: Pack) -> Iterator[Finding]:
    """Give what is wrong with an entry by itself."""
    known = [code for code in titles() if code.startswith(_EXEMPT) and code not in _NEVER]
    if entry.code not in titles():
        near = near_code(entry.code, known)
        hint = f"did you mean {near}?" if near else "'intimacy-kit explain' lists them"
        yield "/code", "K922", f"there is no code {entry.code}", hint
    elif entry.code not in known:
        said = f"{entry.code} cannot be exempted"
        yield "/code", "K923", said, "only words and style can be (K7xx); mend it where it stands"
    if entry.about:
        yield from _wrong_about(entry.about, pack)
    if _says_little(reason):
        yield "/reason", "K926", "this reason says too little", "say why it is right here, so that a reader can judge"


def _says_little(reason: str) -> bool:
    """Tell whether a reason is none; where no blanks are written between words, letters are counted."""
    without_blanks = not reason.isascii() and " " not in reason.strip()
    return len(reason) < _FEWEST_LETTERS if without_blanks else len(reason.split()) < _FEWEST_WORDS


def _said_already(entry: Exemption, before: Sequence[Exemption], entries: Sequence[Exemption]) -> Iterator[Finding]:
    """Say where another entry lets the same pass."""
    if (entry.code, entry.about) in ((one.code, one.about) for one in before):
        yield "", "K925", "this exemption stands above already", "keep one of them"
    elif entry.about and (entry.code, "") in ((one.code, one.about) for one in entries):
        said = f"what is exempted from {entry.code} for the whole pack need not be for this one"
        yield "", "K925", said, "keep the one that you mean"


def _wrong_about(about: str, pack: Pack) -> Iterator[Finding]:
    """Give what is wrong with the name of what an entry is about."""
    ids = {one.id.partition("/")[2]: one for one in (*pack.activities, *pack.journeys)}
    if about not in ids:
        now = [slug for slug, one in ids.items() if f"{pack.name}/{about}" in getattr(one, "aliases", ())]
        near = similar_to(about, ids)
        hint = f"its id is '{now[0]}' now" if now else f"did you mean '{near}'?" if near else ""
        yield "/about", "K924", f"there is no activity or journey '{about}' in this pack", hint
