"""What a pack holds already: so that nothing is imported twice, and nothing is written over."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from intimacy_kit.authoring.gathering import gather
from intimacy_kit.authoring.importing.drafts import Draft, new_slug
from intimacy_kit.authoring.importing.fields import PLACES, normalised, value_at
from intimacy_kit.authoring.importing.layout import Layout
from intimacy_kit.authoring.importing.tables import Table
from intimacy_kit.errors import KitError
from intimacy_kit.loading.documents import MANIFEST
from intimacy_kit.problems import Problem

__all__ = ["Known", "known_in", "sorted_out"]


@frozen
class Known:
    """What a pack holds already."""

    #: The tag of the language it is written in.
    language: str
    #: Every activity by its id, and by each name it had before.
    activities: Mapping[str, Mapping[str, Any]]
    #: The ids of prompts by their words.
    by_words: Mapping[str, str]


def known_in(root: Path) -> Known:
    """Return what the pack in a folder holds; raise KitError where that is none, or cannot be read as it is."""
    if not (root / MANIFEST).is_file():
        raise KitError(
            f"'{root}' is not the folder of a pack; name it with --into, or begin one with 'intimacy-kit new'"
        )
    gathered = gather(root)
    if gathered.problems:
        raise KitError(
            f"the pack in '{root}' has problems already; mend what 'intimacy-kit check {root}' says, then import"
        )
    documents = [part.document for part in gathered.activities]
    names = {name: one for one in documents for name in (one["id"], *one.get("aliases", ()))}
    by_words = {normalised(one["text"]): str(one["id"]) for one in documents if one["kind"] == "prompt"}
    manifest: Any = gathered.manifest.document
    return Known(str(manifest["languages"][0]), names, by_words)


def sorted_out(table: Table, layout: Layout, drafts: Iterator[Draft], known: Known) -> tuple[list[Draft], list[Draft]]:
    """Return the drafts that are new, each with an id, and those that are in the pack already.

    What is there with other words, or stands in the file twice, is new and has a problem.
    """
    seen = _Seen(table, layout)
    new: list[Draft] = []
    there: list[Draft] = []
    for draft in drafts:
        text = normalised(str(draft.prompt.get("text", "")))
        twice = list(seen.twice(draft, text))
        found = "" if twice or draft.problems else _found(draft, text, known)
        changed = _changed(draft, layout, known.activities[found]) if found else []
        if found and not changed:
            there.append(draft)
        elif found:
            new.append(_differs(table, layout, draft.named(found), changed))
        else:
            named = _with_id(draft, known, seen.ids)
            problems = twice or list(_taken(table, layout, named, text, known))
            new.append(named.with_problems(tuple(problems)))
        seen.add(draft if found else new[-1], text)
    return new, there


class _Seen:
    """The ids and the words of the rows above."""

    def __init__(self, table: Table, layout: Layout) -> None:
        self.table = table
        self.layout = layout
        self.ids: dict[str, int] = {}
        self.texts: dict[str, int] = {}

    def add(self, draft: Draft, text: str) -> None:
        if "id" in draft.prompt:
            self.ids.setdefault(str(draft.prompt["id"]), draft.row.number)
        if text:
            self.texts.setdefault(text, draft.row.number)

    def twice(self, draft: Draft, text: str) -> Iterator[Problem]:
        """Give what a row says that a row above it says too."""
        if text in self.texts:
            said, hint = f"row {self.texts[text]} has the same words", "keep one of them, and empty the other row"
            yield self.table.problem(draft.row.number, self.layout.of("text")[0].place, "K940", said, hint)
        if (name := str(draft.prompt.get("id", ""))) in self.ids:
            hint = f"row {self.ids[name]} has it; every id in a pack is used once"
            yield self.table.problem(
                draft.row.number, self.layout.of("id")[0].place, "K201", f"the id '{name}' is taken", hint
            )


def _found(draft: Draft, text: str, known: Known) -> str:
    """Return the id of the activity in the pack that a row is about."""
    name = draft.prompt.get("id")
    if name is None:
        return known.by_words.get(text, "")
    return str(name) if name in known.activities and known.activities[name]["kind"] == "prompt" else ""


def _changed(draft: Draft, layout: Layout, there: Mapping[str, Any]) -> list[str]:
    """Return the fields in which a row says something else than the pack; what it leaves to the defaults is nothing."""
    told = [name for name in PLACES if layout.of(name) and name != "id" and value_at(draft.prompt, name) is not None]
    return [name for name in told if not _same(value_at(draft.prompt, name), value_at(there, name))]


def _same(given: object, there: object) -> bool:
    if isinstance(given, str) and isinstance(there, str):
        return " ".join(given.split()) == " ".join(there.split())
    return given == there


def _differs(table: Table, layout: Layout, draft: Draft, changed: list[str]) -> Draft:
    column, name = layout.of(changed[0])[0], draft.prompt["id"]
    what = " and ".join([", ".join(changed[:-1]), changed[-1]] if len(changed) > 1 else changed)
    said = f"'{name}' is in the pack already, with another {what}"
    hint = "change it there, where it is kept now; or give this row an id of its own"
    return draft.with_problems((table.problem(draft.row.number, column.place, "K947", said, hint),))


def _with_id(draft: Draft, known: Known, taken: Mapping[str, int]) -> Draft:
    """Return a draft with an id: its own, or one that is made from its words and free."""
    if "id" in draft.prompt:
        return draft
    name = made = new_slug(str(draft.prompt.get("text", "")), known.language)
    number = 2
    while name in known.activities or name in taken:
        name, number = f"{made}-{number}", number + 1
    return draft.named(name)


def _taken(table: Table, layout: Layout, draft: Draft, text: str, known: Known) -> Iterator[Problem]:
    """Give what a row says that something else in the pack says, or is called, already."""
    name = str(draft.prompt["id"])
    if text in known.by_words:
        said = f"'{known.by_words[text]}' in the pack has the same words"
        hint = "empty the row, or write other words"
        yield table.problem(draft.row.number, layout.of("text")[0].place, "K940", said, hint)
    if name in known.activities:
        hint = "something that is no prompt has it; every id in a pack is used once"
        yield table.problem(draft.row.number, layout.of("id")[0].place, "K201", f"the id '{name}' is taken", hint)
