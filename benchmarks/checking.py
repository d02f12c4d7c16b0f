"""Checking a folder of sources: beside PyYAML reading the same files, and beside itself, smaller."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import yaml

from benchmarks.measuring import Effort, Row, side_by_side
from intimacy_kit.authoring.checking import check

__all__ = ["read_only", "rows", "write_sources"]

_CHECK, _FLOOR, _SMALL, _BIG = "check", "PyYAML reading the files", "small", "big"
_IN_A_FILE = 250
#: The size that has a limit in seconds.
_ON_THE_CLOCK = 1_000
_THINGS = [
    "bread",
    "coat",
    "stairs",
    "window",
    "letter",
    "kettle",
    "garden",
    "river",
    "bench",
    "lamp",
    "spoon",
    "radio",
]
_PLACES = ["road", "hill", "bakery", "market", "harbour", "bridge", "field", "station", "cellar", "landing", "tower"]
_DEEDS = ["kept", "carried", "opened", "painted", "borrowed", "mended", "forgotten", "found", "hidden", "counted"]
_MANIFEST = """format: 1
name: many
title: Many questions
version: 0.1.0
languages: [en]
authors: [Somebody]
licence: CC-BY-4.0
about: Questions drawn from a seed, as long as real ones.
"""
_PROMPT = """  - id: prompt-{number}
    text: Which {one} beside the {two} near the {three} of house {number} is still {deed} by you?
    skills: [conversation, listening]
    depth: 1
    minutes: 5
    mood: playful
    shape: question
    topics: [home]
    follow_ups:
      deeper: Who {deed} the {two}?
      lighter: Which colour was the {three}?
    solo: Write about the {one} and the {three} in two lines.
    repeat: {{after_days: 30}}

"""


def rows(effort: Effort) -> Iterator[Row]:
    """Measure packs of two sizes, and how that grows."""
    sizes = (100, 1_000) if effort.quick else (1_000, 10_000)
    with TemporaryDirectory() as folder:
        roots = {size: write_sources(Path(folder) / str(size), size) for size in sizes}
        for size, root in roots.items():
            times = side_by_side({_CHECK: partial(check, root), _FLOOR: read_only(root)}, effort)
            work, ours, theirs = f"check of {size:,}", times.words(_CHECK), times.words(_FLOOR)
            limit = "check-floor" if size == sizes[0] else ""
            yield Row(work, _FLOOR, ours, theirs, times.ratio(_CHECK, _FLOOR), limit=limit)
            if size == _ON_THE_CLOCK:
                yield Row(work, "the clock", ours, "", times.each(_CHECK, float), "s", "check-1000")
        small, big = sizes
        ways = {name: partial(check, roots[size]) for name, size in ((_SMALL, small), (_BIG, big))}
        times = side_by_side(ways, effort)
        ours, theirs = times.words(_BIG), times.words(_SMALL)
        growth = times.ratio(_BIG, _SMALL)
        yield Row(f"check of {big:,}", f"of {small:,}", ours, theirs, growth, limit="check-growth")


def write_sources(root: Path, size: int) -> Path:
    """Write the sources of a pack of so many prompts, the same each time, and return their folder."""
    chance = Random(size)
    (root / "prompts").mkdir(parents=True)
    (root / "intimacy-pack.yaml").write_text(_MANIFEST, "utf-8")
    for first in range(0, size, _IN_A_FILE):
        listed = [_prompt(chance, number) for number in range(first, min(first + _IN_A_FILE, size))]
        (root / "prompts" / f"from-{first}.yaml").write_text("prompts:\n" + "".join(listed), "utf-8")
    return root


def _prompt(chance: Random, number: int) -> str:
    one, two = chance.sample(_THINGS, 2)
    return _PROMPT.format(number=number, one=one, two=two, three=chance.choice(_PLACES), deed=chance.choice(_DEEDS))


def read_only(root: Path) -> Callable[[], None]:
    """Return what reads all files with PyYAML's parser in C, and looks at nothing."""
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader

    def read() -> None:
        for path in sorted(root.glob("*/*.yaml")):
            yaml.load(path.read_text("utf-8"), loader)

    return read
