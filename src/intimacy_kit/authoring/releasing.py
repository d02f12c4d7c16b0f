"""Releasing a pack: nothing is left to mend, the wheel holds what it should, and what was released is remembered."""

import json
from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from intimacy_kit.authoring.building import PROJECT, Built, build
from intimacy_kit.authoring.checking import check
from intimacy_kit.authoring.starting.examples import examples_left
from intimacy_kit.authoring.updates.checking import RELEASED
from intimacy_kit.authoring.updates.snapshots import snapshot_of
from intimacy_kit.authoring.wheels import Wheel, build_wheel
from intimacy_kit.content.packs import Pack
from intimacy_kit.problems import Problem, Where

__all__ = ["PRIVATE", "Release", "release"]

#: While this stands in pyproject.toml, every index refuses the pack.
PRIVATE = "Private :: Do Not Upload"


@frozen
class Release:
    """What releasing gives: a wheel, or all that stands in the way."""

    built: Built
    #: The wheel; None where there is any problem before it.
    wheel: Wheel | None
    #: All that stands in the way.
    problems: tuple[Problem, ...]


def release(root: Path, folder: Path, beside: Iterable[Pack] = ()) -> Release:
    """Release the pack whose sources lie in a folder: check it, build its wheel, and write ``released.json``.

    Nothing is written but the compiled pack where there is any problem. Raises KitError where no wheel can be built.
    """
    built = build(root)
    checked = check(root, beside)
    problems = [*checked.problems, *_not_yet(root, built)]
    if built.pack is None or problems:
        return Release(built, None, tuple(sorted(problems)))
    wheel = build_wheel(root, built, folder)
    if wheel.problems:
        return Release(built, wheel, wheel.problems)
    snapshot = snapshot_of(json.loads(built.data))
    written = json.dumps(snapshot.document, ensure_ascii=False, indent=1, sort_keys=True)
    (root / RELEASED).write_text(f"{written}\n", "utf-8", newline="\n")
    return Release(built, wheel, ())


def _not_yet(root: Path, built: Built) -> Iterable[Problem]:
    """Give what is well while one writes, and not in a release."""
    if built.pack is None:
        return
    yield from map(built.placed, examples_left(built.pack))
    if not (root / PROJECT).is_file():
        said = "this folder is no distribution, so there is nothing to release"
        yield Problem(Where(PROJECT), "K930", said, "'intimacy-kit new' writes a pyproject.toml to begin with")
        return
    for number, line in enumerate((root / PROJECT).read_text("utf-8").split("\n"), 1):
        if PRIVATE in line and not line.lstrip().startswith("#"):
            where = Where(PROJECT, number, line.index(PRIVATE) + 1)
            hint = "take the line out when the words are ready for everybody"
            yield Problem(where, "K920", "this line keeps it from being published", hint, PRIVATE)
