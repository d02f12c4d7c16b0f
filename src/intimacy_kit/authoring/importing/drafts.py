"""From rows to prompts: what each row gives, and all that is wrong with it, at its cells."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from intimacy_kit.authoring.importing.headings import plain
from intimacy_kit.authoring.importing.layout import Column, Layout
from intimacy_kit.authoring.importing.tables import Cell, Row, Table, shown
from intimacy_kit.authoring.importing.values import cleaned, is_yes_or_no, value_of, words
from intimacy_kit.authoring.starting.naming import slug_of
from intimacy_kit.content.checks import is_slug
from intimacy_kit.loading.explaining import explain
from intimacy_kit.loading.preflight import bad_character
from intimacy_kit.loading.reading import refused_parts
from intimacy_kit.problems import Problem

__all__ = ["Defaults", "Draft", "drafts_of", "explained"]

#: Where each field of a row belongs in a prompt; in the order in which a writer writes them.
PLACES = {
    "id": ("id",),
    "text": ("text",),
    "skills": ("skills",),
    "depth": ("depth",),
    "minutes": ("minutes",),
    "mood": ("mood",),
    "shape": ("shape",),
    "purpose": ("purpose",),
    "topics": ("topics",),
    "links": ("links",),
    "after_days": ("repeat", "after_days"),
    "deeper": ("follow_ups", "deeper"),
    "lighter": ("follow_ups", "lighter"),
    "repair": ("follow_ups", "repair"),
    "solo": ("solo",),
    "after": ("after",),
    "basis": ("evidence", "basis"),
    "sources": ("evidence", "sources"),
    "note": ("evidence", "note"),
    "authors": ("authors",),
    "licence": ("licence",),
}
_BEFORE_A_GATE = ("id", "text", "skills", "depth", "minutes", "mood", "shape", "purpose", "topics", "links")
_WORDS = ("text", "deeper", "lighter", "repair", "solo", "after")
_NUMBERS = ("depth", "minutes", "after_days")
_LISTS = ("skills", "topics", "links", "sources", "authors")

_ERROR = re.compile(r"#(?:N/A|NV|ND|N/D|[^\s#]{2,12}[!?])")
#: A formula that stands as words in a CSV file.
_FORMULA = re.compile(r"=\s*[A-Za-z0-9(+\-\"$]")
_MONTHS = "jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|ene|abr|ago|dic|f[eé]v|avr|ao[uû]"
_DATE = re.compile(
    rf"[0-9]{{1,2}}[-. /]+(?:{_MONTHS})\w*\.?(?:[-. /]+[0-9]{{2,4}})?|(?:{_MONTHS})\w*[-. /]+[0-9]{{1,4}}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T].*)?|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}",
    re.IGNORECASE,
)
#: What UTF-8 looks like where it was taken for another encoding: Ã¤ for ä, â€™ for an apostrophe.
_GARBLED = re.compile(
    "[ÃÂ][\u00a0-\u00bf\u201a\u0192\u2030\u0160\u0152\u017d\u02dc\u2122\u0161\u0153\u017e\u0178]|â€|\ufffd"
)
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
        self._too_many_cells()
        if not ids:
            fields.pop("id", None)
        self._fill(fields, defaults)
        if "id" in fields:
            fields["id"] = _as_slug(fields["id"], language)
        prompt: dict[str, Any] = {}
        for name, (*above, last) in PLACES.items():
            if name in fields:
                inner = prompt.setdefault(above[0], {}) if above else prompt
                inner[last] = fields[name]
        return Draft(self.row, prompt, tuple(comments), tuple(self.problems))

    def _problem(self, column: Column | None, code: str, said: str, hint: str = "") -> None:
        place = column.place if column else 0
        self.problems.append(self.table.problem(self.row.number, place, code, said, hint))

    def _take(self, column: Column, text: str, fields: dict[str, Any]) -> None:
        name = column.field
        if name == "kind":
            if plain(text) not in ("prompt", "prompts", "question", "frage", "pregunta", "questions"):
                said = f"'{shown(text)}' cannot come from a spreadsheet"
                self._problem(column, "K941", said, "only prompts can; write it as a file of its own")
        elif name in _WORDS and is_yes_or_no(text):
            self._problem(
                column, "K943", f"'{text}' stands where words belong", f"write the words of '{name}', or nothing"
            )
        elif (value := value_of(name, text)) not in ("", []):
            before = fields.get(name, [])
            fields[name] = (
                list(dict.fromkeys([*before, *value])) if name in _LISTS and isinstance(value, list) else value
            )

    def _refused(self, column: Column, cell: Cell, text: str) -> bool:
        """Say whether a cell cannot be taken at all, and why."""
        wrong = _odd(column, cell, text)
        if wrong:
            self._problem(column, *wrong)
        return bool(wrong)

    def _too_many_cells(self) -> None:
        end = max((column.place for column in self.layout.columns), default=0)
        beyond = [place for place in range(end + 1, len(self.row.cells)) if not self.row.cells[place].is_empty]
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


def _odd(column: Column, cell: Cell, text: str) -> tuple[str, ...]:
    """Return code, message and hint of what makes a cell useless; nothing where it is well."""
    match cell.odd:
        case "merged":
            hint = "undo the merging, and write into each cell what belongs there"
            return "K939", f"{column} is merged here with another cell, so this row has nothing of its own in it", hint
        case "unclosed":
            said = "a quote is opened in this cell and not closed, so all that follows it is one cell"
            return "K946", said, 'put a " at its end; a " inside a text is written twice'
    if cell.odd == "error" or _ERROR.fullmatch(text):
        return (
            "K937",
            f"'{shown(text)}' is an error of the spreadsheet",
            "mend the formula, or write the words themselves",
        )
    if cell.odd == "formula" or _FORMULA.match(text):
        hint = "write the words themselves; or open the file, let it calculate, and save it anew"
        return "K938", f"'{shown(text)}' is a formula, and nobody knows what it shows", hint
    if cell.odd == "date" or (column.field in _NUMBERS and _DATE.fullmatch(text)):
        hint = "a spreadsheet makes a date of words such as 1-2; format the column as text, and write it again"
        return "K936", f"'{shown(text)}' is a date, and none belongs here", hint
    return _spoilt(text)


def _spoilt(text: str) -> tuple[str, ...]:
    """Return code, message and hint for letters that are not what was typed."""
    if found := _GARBLED.search(text):
        said = f"'{found[0]}' in '{shown(text)}' is a letter that was lost when the file was saved"
        return "K944", said, "write the letter again; and save the file as .xlsx or as 'CSV UTF-8'"
    if name := bad_character(text):
        return "K009", f"a text holds the character {name}, which cannot be seen", "take it out"
    return ()


def explained(table: Table, layout: Layout, drafts: list[Draft]) -> list[Draft]:
    """Return drafts with all that the schema has against them, each at the cell it comes from."""
    whole = [{"kind": "prompt", **draft.prompt} for draft in drafts]
    refused = set(refused_parts({"activities": whole}, len(whole))["activities"])
    return [
        draft.with_problems(tuple(_against(table, layout, draft))) if place in refused else draft
        for place, draft in enumerate(drafts)
    ]


def _against(table: Table, layout: Layout, draft: Draft) -> Iterator[Problem]:
    told = {problem.where.column for problem in draft.problems}
    for problem in explain("prompts", {"prompts": [draft.prompt]}):
        parts = problem.where.pointer.split("/")[3:]
        name = _field_at(parts, problem.message)
        columns = layout.of(name) or (layout.of("depth") if name == "after" else ()) or layout.of("text")
        place = columns[0].place if columns else 0
        if place + 1 in told and problem.code == "K101":
            continue  # it is missing because it could not be taken, and that was said
        yield table.problem(draft.row.number, place, problem.code, problem.message, problem.hint or _hint(name))


def _field_at(parts: list[str], message: str) -> str:
    """Return the field that a problem is about: of a missing one, the message names it."""
    for name, place in PLACES.items():
        if parts[: len(place)] == list(place):
            return name
    return message.split("'")[1] if message.startswith("'") else "text"


def _hint(name: str) -> str:
    return {
        "depth": "write 1 light, 2 personal, 3 tender or 4 deep",
        "minutes": "write one number, such as 10",
        "after_days": "write one number of days, such as 30",
    }.get(name, "")


def normalised(text: str) -> str:
    """Return what makes two texts the same: their words, without case, accents and signs."""
    return plain(words(text))


def value_at(prompt: Mapping[str, Any], name: str) -> object:
    """Return the value of a field of a row in a prompt; None where there is none."""
    value: Any = prompt
    for part in PLACES[name]:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def new_slug(text: str, language: str) -> str:
    """Return an id made from a text."""
    return slug_of(text, language, most=_SLUG_LETTERS) or "prompt"
