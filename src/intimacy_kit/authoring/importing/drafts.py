"""From rows to prompts: what each row gives, and all that is wrong with it, at its cells."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from intimacy_kit.authoring.importing.fields import LISTS, PLACES, WORDS
from intimacy_kit.authoring.importing.headings import plain
from intimacy_kit.authoring.importing.layout import Column, Layout
from intimacy_kit.authoring.importing.odd_cells import what_is_odd
from intimacy_kit.authoring.importing.tables import Cell, Row, Table, shown
from intimacy_kit.authoring.importing.values import cleaned, is_yes_or_no, value_of
from intimacy_kit.authoring.starting.naming import slug_of
from intimacy_kit.content.checks import is_slug
from intimacy_kit.problems import Problem

__all__ = ["Defaults", "Draft", "drafts_of", "new_slug"]

_BEFORE_A_GATE = ("id", "text", "skills", "depth", "minutes", "mood", "shape", "purpose", "topics", "suits", "links")
#: What puts words under headings where they do not belong.
_SHIFTED = ("K945", "K946")
_SLUG_LETTERS = 40


@frozen
class Defaults:
    """What a row means where it says nothing."""

    skills: tuple[str, ...] = ("conversation",)
    minutes: int = 10
    #: The depth of rows that say none; None: 1 where there is no such column, and a problem in an empty cell.
    depth: int | None = None


@frozen
class Draft:
    """What one row gives."""

    row: Row
    #: The prompt, as it would stand in a source; without an id where the row gives none.
    prompt: dict[str, Any] = field(factory=dict)
    #: What stands beside it, for whoever writes.
    comments: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def with_problems(self, problems: tuple[Problem, ...]) -> "Draft":
        """Return it with more problems."""
        return evolve(self, problems=(*self.problems, *problems)) if problems else self

    def named(self, name: str) -> "Draft":
        """Return it with an id."""
        return evolve(self, prompt={"id": name, **{key: value for key, value in self.prompt.items() if key != "id"}})

    def waiting_for(self, gate: Mapping[str, Any]) -> "Draft":
        """Return it with a gate, where a writer would write it: behind what the prompt is about."""
        before = {key: value for key, value in self.prompt.items() if key in _BEFORE_A_GATE}
        return evolve(self, prompt={**before, "requires": dict(gate), **self.prompt})


def drafts_of(table: Table, layout: Layout, defaults: Defaults, language: str) -> Iterator[Draft]:
    """Give what each row gives, with all that is wrong with its cells; the schema is not asked yet."""
    numbered = _ids_are_numbers(layout)
    for row in layout.rows:
        yield _Reader(table, layout, row).draft(defaults, language, ids=not numbered)


def _ids_are_numbers(layout: Layout) -> bool:
    """Say whether the column of ids only counts the rows."""
    texts = [row.cell(column.place).text.strip() for column in layout.of("id") for row in layout.rows]
    return bool(texts) and all(not text or text.replace(".", "").isdigit() for text in texts)


class _Reader:
    """Reads one row."""

    def __init__(self, table: Table, layout: Layout, row: Row) -> None:
        self.table = table
        self.layout = layout
        self.row = row
        self.problems: list[Problem] = []

    def draft(self, defaults: Defaults, language: str, *, ids: bool) -> Draft:
        fields, comments = self._told()
        self._too_many_cells()
        if shifted := tuple(problem for problem in self.problems if problem.code in _SHIFTED):
            return Draft(self.row, {}, (), shifted)  # whatever else is said of this row comes from that
        self._fill(fields, defaults)
        if "id" in fields:
            fields["id"] = _as_slug(fields["id"], language)
        if not ids:
            fields.pop("id", None)
        return Draft(self.row, _prompt(fields), comments, tuple(self.problems))

    def _told(self) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Return the fields that the cells give, and the comments."""
        fields: dict[str, Any] = {}
        comments: list[str] = []
        for column in self.layout.columns:
            cell = self.row.cell(column.place)
            if not column.field or cell.is_empty:
                continue
            text = cleaned(cell.text)
            if column.field == "comment":
                comments += text.split("\n")
            elif not self._refused(column, cell, text):
                self._take(column, text, fields)
        return fields, tuple(comments)

    def _problem(self, column: Column | None, code: str, said: str, hint: str = "") -> None:
        place = column.place if column else 0
        self.problems.append(self.table.problem(self.row.number, place, code, said, hint))

    def _take(self, column: Column, text: str, fields: dict[str, Any]) -> None:
        name = column.field
        if name == "kind":
            if plain(text) not in ("prompt", "prompts", "question", "frage", "pregunta", "questions"):
                said = f"'{shown(text)}' cannot come from a spreadsheet"
                self._problem(column, "K941", said, "only prompts can; write it as a file of its own")
        elif name in WORDS and is_yes_or_no(text):
            self._problem(
                column, "K943", f"'{text}' stands where words belong", f"write the words of '{name}', or nothing"
            )
        elif (value := value_of(name, text)) not in ("", []):
            before = fields.get(name, [])
            fields[name] = (
                list(dict.fromkeys([*before, *value])) if name in LISTS and isinstance(value, list) else value
            )

    def _refused(self, column: Column, cell: Cell, text: str) -> bool:
        """Say whether a cell cannot be taken at all, and why."""
        wrong = what_is_odd(column, cell, text)
        if wrong:
            self._problem(column, *wrong)
        return bool(wrong)

    def _too_many_cells(self) -> None:
        end = max((column.place for column in self.layout.columns), default=0)
        beyond = [place for place in range(end + 1, len(self.row.cells)) if self.row.cells[place].text.strip()]
        if beyond:
            said = f"the row goes on beyond the last heading: '{shown(self.row.cells[beyond[0]].text)}'"
            hint = (
                f"a text that holds a '{self.table.delimiter}' needs quotes around it" if not self.table.sheet else ""
            )
            hint = hint or "write a heading above it, or take it out"
            self.problems.append(self.table.problem(self.row.number, beyond[0], "K945", said, hint))

    def _fill(self, fields: dict[str, Any], defaults: Defaults) -> None:
        """Put in what the row leaves to the defaults; say what it may not leave out."""
        told = {problem.where.column - 1 for problem in self.problems}
        silent = {name for name in ("text", "depth", "skills", "minutes") if name not in fields}
        for name in sorted(silent):
            columns = self.layout.of(name)
            if any(column.place in told for column in columns):
                continue  # something stands there, and what is wrong with it was said
            if name == "text":
                self._problem(
                    columns[0], "K935", "there are no words in this row", "write the prompt, or empty the row"
                )
            elif name == "depth" and columns and defaults.depth is None:
                hint = "write 1 light, 2 personal, 3 tender or 4 deep; it decides who is ever asked this"
                self._problem(columns[0], "K942", "the row does not say how deep it goes", hint)
            else:
                fields[name] = _default(name, defaults)


def _prompt(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a prompt with the fields at their places."""
    prompt: dict[str, Any] = {}
    for name, (*above, last) in PLACES.items():
        if name in fields:
            inner = prompt.setdefault(above[0], {}) if above else prompt
            inner[last] = fields[name]
    return prompt


def _default(name: str, defaults: Defaults) -> object:
    if name == "depth":
        return defaults.depth or 1
    return list(defaults.skills) if name == "skills" else defaults.minutes


def _as_slug(name: object, language: str) -> object:
    """Return an id as a slug, where only case, blanks and signs are different."""
    if not isinstance(name, str) or is_slug(name):
        return name
    slug = slug_of(name, language)
    return slug if slug and name[:1].isalpha() else name


def new_slug(text: str, language: str) -> str:
    """Return an id made from a text."""
    return slug_of(text, language, most=_SLUG_LETTERS) or "prompt"
