"""All that can be said of a pack without letting anybody live with it: every problem at once."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from attrs import astuple, frozen

from intimacy_kit.authoring.building import MANIFEST, PROJECT, Built, compile_pack, stale
from intimacy_kit.authoring.languages.checking import check_languages
from intimacy_kit.authoring.linting import lint
from intimacy_kit.authoring.packaging import check_packaging
from intimacy_kit.authoring.proofs import prove
from intimacy_kit.authoring.quality import read_exemptions
from intimacy_kit.authoring.updates.checking import check_updates
from intimacy_kit.content.packs import Pack
from intimacy_kit.loading.references import check_beside, check_references
from intimacy_kit.problems import Problem

__all__ = ["Checked", "check"]


@frozen
class Checked:
    """What checking the sources of a pack gives."""

    built: Built
    #: All problems, in the order of files and lines.
    problems: tuple[Problem, ...]

    @property
    def pack(self) -> Pack | None:
        """The pack; None where it cannot be compiled."""
        return self.built.pack


def check(root: Path, beside: Iterable[Pack] = ()) -> Checked:
    """Check the sources of a pack in a folder; *beside* are the packs it may say the same as.

    What cannot be read hides nothing: the rest is looked at all the same. Only what is said of a pack as a whole
    (its proofs, its proportions, its languages) waits until the whole can be read.
    """
    built = compile_pack(root)
    others = tuple(pack for pack in beside if built.readable is None or pack.name != built.readable.name)
    names = tuple(_about_names(built, others))
    told = {_place_and_words(problem) for problem in names}
    problems = {*(one for one in built.problems if _place_and_words(one) not in told), *names}
    problems.update(_about_words(root, built, others))
    if built.readable and built.named:
        problems.update(check_packaging(root, built.readable))
    if built.pack:
        problems.update(_about_the_whole(root, built, built.pack))
    return Checked(built, tuple(sorted(problems, key=astuple)))  # each made a tuple once, not at each comparison


def _place_and_words(problem: Problem) -> tuple[str, str, str, str]:
    return problem.where.file, problem.where.pointer, problem.code, problem.message


def _about_names(built: Built, beside: Sequence[Pack]) -> Iterator[Problem]:
    """Give which names lead nowhere in what can be read, and in the packs beside it.

    Where a source cannot be read, a name that is missing may stand in it: that is told when the rest is mended.
    """
    if built.readable is None:
        return
    all_read = all(problem.where.file in {MANIFEST, PROJECT} for problem in built.problems if problem.code[:2] != "K2")
    for problem in (*check_references(built.readable), *check_beside(built.readable, beside)):
        if all_read or problem.code != "K202":
            yield built.placed(problem)


def _about_words(root: Path, built: Built, beside: Sequence[Pack]) -> Iterator[Problem]:
    """Give what is wrong with words and style, and with what is exempted from it."""
    pack = built.worded
    if pack is None:
        return
    exemptions = read_exemptions(root, pack, whole=built.whole)
    yield from exemptions.problems
    found = lint(pack, beside, whole=built.whole)
    for problem in exemptions.applied(found, pack, whole=built.whole):
        yield built.placed(problem) if not problem.where.file else problem


def _about_the_whole(root: Path, built: Built, pack: Pack) -> Iterator[Problem]:
    """Give what can only be said of a pack that can be read."""
    yield from stale(root, built)
    found = chain(check_languages(root, pack), check_updates(root, json.loads(built.data)))
    yield from (problem if problem.where.file else built.placed(problem) for problem in found)
    yield from (built.placed(problem) for problem in prove([pack]).problems)
