"""Spreadsheets for tests: a table of cells, written as CSV or as an Excel workbook."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

#: In a workbook, a cell that is merged with the one above it.
COVERED = "^"

Cells = Sequence[Sequence[object]]


def as_csv(rows: Cells, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def as_workbook(rows: Cells, *, name: str = "Questions", others: dict[str, Cells] | None = None) -> bytes:
    """Return a workbook; of the other sheets, those whose name begins with a dot are hidden."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, cells in {name: rows, **(others or {})}.items():
        sheet = book.create_sheet(title)
        for number, row in enumerate(cells, 1):
            for column, value in enumerate(row, 1):
                if value == COVERED:
                    sheet.merge_cells(start_row=number - 1, end_row=number, start_column=column, end_column=column)
                elif value is not None:
                    sheet.cell(number, column).value = value
        sheet.sheet_state = "hidden" if title.startswith(".") else "visible"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write(path: Path, rows: Cells) -> Path:
    """Write rows as what the name of the file says."""
    path.write_bytes(as_workbook(rows) if path.suffix == ".xlsx" else as_csv(rows))
    return path


def workbook_of(text: str) -> bytes:
    """Return a workbook with the rows of a CSV text, as the pages of codes write it."""
    return as_workbook(list(csv.reader(io.StringIO(text))))
