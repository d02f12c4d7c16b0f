"""The rows that could not be taken, in a file of their own: to be mended there and imported by themselves."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from intimacy_kit.authoring.importing.drafts import Draft
from intimacy_kit.authoring.importing.headings import WRONG, plain
from intimacy_kit.authoring.importing.layout import Layout
from intimacy_kit.authoring.importing.tables import Cell, Table, letters
from intimacy_kit.problems import Problem

__all__ = ["free_name", "left_over_csv", "left_over_xlsx"]

_MARK = ".left-over"
#: Read back, it is an error of the spreadsheet.
_MERGED = "#MERGED!"
#: What a spreadsheet would take for a formula, and run.
_RUN = ("=", "+", "-", "@", "\t", "\r")


def free_name(path: Path) -> Path:
    """Return the first name for the left-over rows of a file that is not there yet."""
    stem = path.stem.partition(_MARK)[0]
    number, name = 1, path.with_name(f"{stem}{_MARK}{path.suffix}")
    while name.exists():
        number += 1
        name = path.with_name(f"{stem}{_MARK}-{number}{path.suffix}")
    return name


def left_over_csv(table: Table, layout: Layout, drafts: Sequence[Draft]) -> bytes:
    """Return a CSV file with some rows, and what is wrong with each; every spreadsheet program reads it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=table.delimiter, lineterminator="\r\n")
    writer.writerows([_harmless(text) for text in row] for row in _rows(layout, drafts))
    return out.getvalue().encode("utf-8-sig")


def left_over_xlsx(table: Table, layout: Layout, drafts: Sequence[Draft]) -> bytes:
    """Return an Excel workbook with some rows, and what is wrong with each; every cell in it is words."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, and needs the extra
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415 - as above

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(table.sheet)
    for number, row in enumerate(_rows(layout, drafts), 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)
            cell.data_type = "s"
            cell.number_format = "@"  # words; so that nothing becomes a date
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(layout: Layout, drafts: Sequence[Draft]) -> Iterator[list[str]]:
    """Give the headings, and each row with all its cells."""
    columns = [column for column in layout.columns if plain(column.heading) != WRONG]
    beyond = max((len(draft.row.cells) for draft in drafts), default=0)
    end = max((column.place for column in layout.columns), default=-1) + 1
    spare = range(end, beyond)
    headings = [column.heading or (column.field if len(columns) == 1 else "") for column in columns]
    yield [*headings, WRONG, *("" for _ in spare)]
    for draft in drafts:
        cells = [_text(draft.row.cell(column.place)) for column in columns]
        rest = [draft.row.cell(place).text for place in spare]
        yield [*cells, "; ".join(_said(problem) for problem in draft.problems), *rest]


def _text(cell: Cell) -> str:
    """Return what stands in a cell; of one that was merged, that it is missing, so that nothing is made up for it."""
    return _MERGED if cell.odd == "merged" else cell.text


def _said(problem: Problem) -> str:
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{letters(problem.where.column - 1)}{problem.where.line}: {problem.message}{hint}"


def _harmless(text: str) -> str:
    """Return a text that no spreadsheet runs; reading takes the apostrophe away again."""
    return f"'{text}" if text.startswith(_RUN) else text
