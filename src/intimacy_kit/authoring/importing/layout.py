"""Which row holds the headings, and what each column gives."""

from collections.abc import Collection, Iterator

from attrs import evolve, frozen

from intimacy_kit.authoring.importing.headings import LEFT_OUT, asks_for_text, field_of, near_field, plain
from intimacy_kit.authoring.importing.tables import Row, Table, letters, shown
from intimacy_kit.errors import KitError
from intimacy_kit.loading.explaining import similar_to
from intimacy_kit.problems import Problem

__all__ = ["Column", "Layout", "laid_out"]

#: The headings stand in one of the first rows that are not empty.
_WITHIN = 10
#: Of these a prompt may have several columns.
_LISTS = ("skills", "topics", "suits", "links", "sources", "authors", "comment")
_FEWEST_HEADINGS = 2


@frozen
class Column:
    """A column, and what it gives."""

    #: Where it stands, counted from 0.
    place: int
    #: What stands above it.
    heading: str
    #: The field of a prompt, or ``comment``; empty where it gives nothing.
    field: str = ""
    #: Why it gives nothing; empty where it does, and where nobody knows.
    why: str = ""

    def __str__(self) -> str:
        """Give its letter and its heading."""
        return (
            f"column {letters(self.place)} ({shown(self.heading)})" if self.heading else f"column {letters(self.place)}"
        )


@frozen
class Layout:
    """What the columns of a table mean."""

    columns: tuple[Column, ...]
    #: The rows below the headings.
    rows: tuple[Row, ...]
    #: The row of the headings, counted from 1; 0 where there are none.
    heading_row: int = 0
    #: What is wrong with the headings; with any of these, nothing of the file is taken.
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, field: str) -> tuple[Column, ...]:
        """Return the columns that give a field."""
        return tuple(column for column in self.columns if column.field == field)


def laid_out(table: Table, without: Collection[str] = ()) -> Layout:
    """Find the headings of a table, and what they mean; *without* the columns of these headings or letters.

    Raises KitError where there is no such column to leave out.
    """
    found = _heading_row(table)
    if found is None:
        return _without_headings(table)
    place, heading = found
    rows = table.rows[place + 1 :]
    width = max(len(row.cells) for row in (heading, *rows))
    columns = _with_a_text(tuple(_columns(heading, rows, width, without)))
    notes = list(_notes(table, place))
    kept = tuple(row for row in rows if not _is_heading(row, columns))
    notes += [f"row {row.number} repeats the headings, and was left out" for row in rows if row not in kept]
    problems = tuple(_problems(table, heading, columns, kept))
    return Layout(columns, kept, heading.number, problems, tuple(notes))


def _heading_row(table: Table) -> tuple[int, Row] | None:
    """Return place and row of the headings: of the first rows, the one in which most are known."""

    def known(row: Row) -> tuple[bool, int]:
        fields = {field_of(cell.text) for cell in row.cells} - {""}
        asks = any(asks_for_text(cell.text) for cell in row.cells)
        return "text" in fields or (asks and len(fields) > 0), len(fields)

    first = table.rows[:_WITHIN]
    best = max(range(len(first)), key=lambda place: (*known(first[place]), -place), default=None)
    if best is None:
        return None
    with_text, fields = known(first[best])
    return (best, first[best]) if with_text or fields >= _FEWEST_HEADINGS else None


def _without_headings(table: Table) -> Layout:
    """Take a single column as the texts of prompts; of more, nobody knows which is which."""
    used = sorted({place for row in table.rows for place, cell in enumerate(row.cells) if cell.text.strip()})
    if len(used) == 1:
        note = "there are no headings; each row was taken as the text of a prompt"
        return Layout((Column(used[0], "", "text"),), table.rows, notes=(note,))
    first = table.rows[0] if table.rows else Row(1, ())
    return Layout((), (), problems=(_no_text(table, first),))


def _no_text(table: Table, row: Row) -> Problem:
    return table.problem(
        row.number,
        0,
        "K931",
        "no column says that it holds the words of the prompts",
        "write 'text' above that column; the others are called " + "id, skills, depth, minutes, topics and so on",
    )


def _columns(heading: Row, rows: tuple[Row, ...], width: int, without: Collection[str]) -> Iterator[Column]:
    """Give each column in which anything stands."""
    unwanted = {plain(name) for name in without}
    headings = [heading.cell(place).text.strip() for place in range(width)]
    named = {plain(name) for name in headings if name} | {plain(letters(place)) for place in range(width)}
    for name in without:
        if plain(name) not in named:
            near = similar_to(name, [one for one in headings if one])
            raise KitError(f"there is no column '{name}' to leave out" + (f"; did you mean '{near}'?" if near else ""))
    named_last = max((place for place, name in enumerate(headings) if name), default=-1)
    for place, name in enumerate(headings):
        filled = sum(bool(row.cell(place).text.strip()) for row in rows)
        if not name and not filled:
            continue
        if {plain(name) or "-", plain(letters(place))} & unwanted:
            yield Column(place, name, "", "you said so")
        elif place > named_last and 2 * filled <= len(rows):
            continue  # a few rows that are too long say so themselves
        elif plain(name) in LEFT_OUT:
            yield Column(place, name, "", LEFT_OUT[plain(name)])
        else:
            yield Column(place, name, field_of(name))


def _with_a_text(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Take the first heading that speaks of a question as that of the texts, where none is called so: forms do that."""
    if any(column.field == "text" for column in columns):
        return columns
    asking = next((one for one in columns if not one.field and not one.why and asks_for_text(one.heading)), None)
    return tuple(evolve(column, field="text") if column is asking else column for column in columns)


def _is_heading(row: Row, columns: tuple[Column, ...]) -> bool:
    """Say whether a row below the headings is a row of headings again, in these words or in others."""
    meant = [column for column in columns if column.field]
    texts = {column.place: row.cell(column.place).text for column in meant}
    again = [one for one in meant if texts[one.place] and texts[one.place].strip() == one.heading]
    other = [one for one in meant if field_of(texts[one.place]) == one.field]
    return max(len(again), len(other)) >= max(_FEWEST_HEADINGS, len(meant) // 2)


def _notes(table: Table, place: int) -> Iterator[str]:
    above = [row.number for row in table.rows[:place]]
    if above:
        which = f"row {above[0]} stands" if len(above) == 1 else f"rows {above[0]} to {above[-1]} stand"
        yield f"{which} above the headings, and nothing of that was taken"


def _problems(table: Table, heading: Row, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> Iterator[Problem]:
    """Say which headings cannot be understood."""
    if not any(column.field == "text" for column in columns):
        yield _no_text(table, heading)
    seen: dict[str, Column] = {}
    for column in columns:
        if column.field:
            before = seen.setdefault(column.field, column)
            if before is not column and column.field not in _LISTS:
                said = f"{column} and {before} both give '{column.field}'"
                hint = f"keep one of them, or leave one out with --without {letters(column.place)}"
                yield table.problem(heading.number, column.place, "K933", said, hint)
        elif not column.why and column.heading:
            yield table.problem(heading.number, column.place, "K932", *_not_understood(column))
        elif not column.why:
            count = sum(bool(row.cell(column.place).text.strip()) for row in rows)
            said = f"{column} has no heading, and something stands in {count} of its cells"
            hint = f"write above it what it holds, or leave it out with --without {letters(column.place)}"
            yield table.problem(heading.number, column.place, "K934", said, hint)


def _not_understood(column: Column) -> tuple[str, str]:
    near = near_field(column.heading)
    first = f"did you mean '{near}'?" if near else "call it 'comment' to keep it beside each prompt,"
    said = f"'{shown(column.heading)}', above column {letters(column.place)}, is no field of a prompt"
    return said, f"{first} or leave it out with --without {letters(column.place)}".replace("? or", "? Or")
