"""The migrations of a pack as its writer keeps them: ``migrations/2027-03-two-walks.json``, one file for each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from attrs import field, frozen

from intimacy_kit.authoring.json_sources import read_json
from intimacy_kit.authoring.sources import Source, wrong_with
from intimacy_kit.content.migrations import is_migration
from intimacy_kit.loading.explaining import similar_to
from intimacy_kit.problems import Problem, Where

__all__ = ["FOLDER", "Migrations", "gather_migrations"]

FOLDER = "migrations"


@frozen
class _Operation:
    """One operation, and where it stands."""

    document: Mapping[str, Any]
    source: Source
    pointer: str

    def where(self, name: str) -> Where:
        return self.source.where(f"{self.pointer}/{name}")


@frozen
class Migrations:
    """What became of ids: as it stands in the compiled pack, and what is wrong with the files."""

    #: As in ``pack.json``, in the order of the names of the files; without the files that cannot be read.
    documents: tuple[dict[str, Any], ...] = ()
    problems: tuple[Problem, ...] = ()
    _operations: tuple[_Operation, ...] = field(default=(), repr=False)

    def aliases_of(self, slug: str) -> tuple[str, ...]:
        """Return the slugs that became this one, also over several migrations, the nearest one first."""
        found: dict[str, None] = {}
        waiting = [slug]
        while waiting:
            now = waiting.pop(0)
            for operation in self._operations:
                if now in operation.document.get("new", ()):
                    fresh = [old for old in operation.document["old"] if old not in found and old != slug]
                    found |= dict.fromkeys(fresh)
                    waiting += fresh
        return tuple(found)

    def wrong_among(self, activities: Iterable[str], journeys: Iterable[str]) -> Iterator[Problem]:
        """Give what is wrong with the operations, beside what a pack holds now: slugs of activities and journeys."""
        now = dict.fromkeys(activities, "an activity") | dict.fromkeys(journeys, "a journey")
        replaced: dict[str, _Operation] = {}
        for operation in self._operations:
            for place, old in enumerate(operation.document["old"]):
                where = operation.where(f"old/{place}")
                if old in replaced:
                    said = f"'{old}' became something else in {replaced[old].source.file} already"
                    yield Problem(where, "K843", said, "an id can be replaced only once")
                elif old in now:
                    said = f"'{old}' is still in the pack"
                    yield Problem(where, "K841", said, f"take {now[old]} out of its file, or this operation away")
                replaced.setdefault(old, operation)
        yield from self._without_target(now, replaced)
        yield from self._in_a_circle(replaced)

    def _without_target(self, now: Mapping[str, str], replaced: Mapping[str, object]) -> Iterator[Problem]:
        for operation in self._operations:
            news: Sequence[str] = operation.document.get("new", ())
            for place, new in enumerate(news):
                if new not in now and new not in replaced:
                    near = similar_to(new, now)
                    said = f"there is no activity or journey '{new}' in this pack"
                    hint = f"did you mean '{near}'?" if near else "write it first"
                    yield Problem(operation.where(f"new/{place}"), "K842", said, hint)
            if len({now[new] for new in news if new in now}) > 1:
                said = "activities and journeys cannot become each other"
                yield Problem(operation.where("new"), "K845", said, "name activities only, or journeys only")

    def _in_a_circle(self, replaced: Mapping[str, _Operation]) -> Iterator[Problem]:
        graph = {old: operation.document.get("new", ()) for old, operation in replaced.items()}
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle = error.args[1]
            names = ", ".join(f"'{name}'" for name in circle[:-1])
            said = f"these become each other: {names}"
            yield Problem(replaced[circle[0]].where("old"), "K844", said, "say only what they are called now")


def gather_migrations(root: Path) -> Migrations:
    """Read the migrations in a folder of sources; a file that would not be read is a problem."""
    problems: list[Problem] = []
    documents: list[dict[str, Any]] = []
    operations: list[_Operation] = []
    for path in sorted((root / FOLDER).glob("*"), key=lambda path: path.name):
        file = path.relative_to(root).as_posix()
        if path.name.startswith("."):
            continue
        if path.suffix != ".json" or not path.is_file():
            problems.append(Problem(Where(file), "K406", "this is not read", f"files in {FOLDER} end in .json"))
            continue
        if not is_migration(f"any/{path.stem}"):
            hint = "use lower-case letters, digits and hyphens, such as 2027-03-two-walks.json"
            problems.append(
                Problem(Where(file), "K846", "a migration is called as its file, and this is no name", hint)
            )
            continue
        source = read_json(root, file)
        wrong = tuple(wrong_with(source, "migration"))
        problems += wrong
        if not wrong:
            written: list[dict[str, Any]] = source.fields["operations"]
            documents.append({"name": path.stem, "operations": written})
            operations += [_Operation(one, source, f"/operations/{place}") for place, one in enumerate(written)]
    return Migrations(tuple(documents), tuple(problems), tuple(operations))
