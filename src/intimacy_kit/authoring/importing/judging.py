"""What the schema has against the prompts that rows give, each at the cell it comes from."""

from collections.abc import Iterable, Iterator

from intimacy_kit.authoring.importing.drafts import Draft
from intimacy_kit.authoring.importing.fields import PLACES
from intimacy_kit.authoring.importing.layout import Layout
from intimacy_kit.authoring.importing.tables import Table
from intimacy_kit.loading.explaining import explain
from intimacy_kit.loading.reading import refused_parts
from intimacy_kit.problems import Problem

__all__ = ["explained"]

#: What is better said in words than in numbers.
_HINTS = {"depth": "write 1 light, 2 personal, 3 tender or 4 deep"}


def explained(table: Table, layout: Layout, drafts: list[Draft]) -> list[Draft]:
    """Return drafts with all that the schema has against them, each at the cell it comes from.

    Of a row that could not be read at all, nothing more is said.
    """
    whole = [{"kind": "prompt", **draft.prompt} for draft in drafts]
    refused = set(refused_parts({"activities": whole}, len(whole))["activities"])
    return [
        draft.with_problems(tuple(_against(table, layout, draft)))
        if place in refused and draft.prompt.keys() > {"id"}
        else draft
        for place, draft in enumerate(drafts)
    ]


def _against(table: Table, layout: Layout, draft: Draft) -> Iterator[Problem]:
    told = {problem.where.column for problem in draft.problems}
    for problem in _once(explain("prompts", {"prompts": [draft.prompt]})):
        parts = problem.where.pointer.split("/")[3:]
        name = _field_at(parts, problem.message)
        columns = layout.of(name) or (layout.of("depth") if name == "after" else ()) or layout.of("text")
        place = columns[0].place if columns else 0
        if place + 1 in told and problem.code == "K101":
            continue  # it is missing because it could not be taken, and that was said
        yield table.problem(draft.row.number, place, problem.code, problem.message, _HINTS.get(name, problem.hint))


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Give of several problems that say the same of a place the one that knows most of it."""
    found: dict[tuple[str, str, str], Problem] = {}
    for problem in sorted(problems, key=lambda problem: -len(problem.hint)):
        found.setdefault((problem.where.pointer, problem.code, problem.message), problem)
    yield from sorted(found.values())


def _field_at(parts: list[str], message: str) -> str:
    """Return the field that a problem is about: of a missing one, the message names it."""
    for name, place in PLACES.items():
        if parts[: len(place)] == list(place):
            return name
    return message.split("'")[1] if message.startswith("'") else "text"
