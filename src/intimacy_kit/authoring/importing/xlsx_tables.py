"""Reading an Excel workbook: values as they are shown, and nothing of it run, fetched or believed.

Only openpyxl's streaming reader is used, within bounds on what the file may unpack to.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any
from xml.etree import ElementTree as ET

from intimacy_kit.authoring.importing.headings import field_of
from intimacy_kit.authoring.importing.tables import MOST_COLUMNS, MOST_ROWS, Cell, Row, Table
from intimacy_kit.errors import KitError
from intimacy_kit.loading.explaining import similar_to

__all__ = ["is_workbook", "read_xlsx"]

#: So much may a workbook unpack to, in bytes.
_MOST_UNPACKED = 64 * 1024 * 1024
#: So many rows are looked at, empty ones too.
_MOST_LOOKED_AT = 1_100_000
_HEADINGS_WITHIN = 10
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

#: First and last row, counted from 1, and first and last column, counted from 0.
_Range = tuple[int, int, int, int]


def is_workbook(data: bytes) -> bool:
    """Say whether bytes are those of an Excel workbook (.xlsx)."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _WORKBOOK in archive.namelist()
    except zipfile.BadZipFile:
        return False


def read_xlsx(data: bytes, file: str, sheet: str = "") -> Table:
    """Read the sheet of that name; else the first one that has headings, of those that are not hidden.

    Raises KitError for a file that is damaged or too large, and for a sheet that is not there.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MOST_UNPACKED:
            raise KitError(f"'{file}' is too large; copy the rows you mean into a new file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about looks that openpyxl cannot keep; none of them is wanted here
            return _read(data, file, sheet)
    except KitError:
        raise
    except Exception as error:  # of a damaged file openpyxl raises what comes: KeyError, ParseError, ...
        said = f"'{file}' cannot be read as an Excel file; open it there and save it anew as .xlsx"
        raise KitError(said) from error


def _read(data: bytes, file: str, sheet: str) -> Table:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and needs the extra

    values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    formulas = load_workbook(io.BytesIO(data), read_only=True)
    name, notes = _chosen(values.worksheets, file, sheet)
    rows, counted = _rows(values[name], formulas[name], file)
    if counted:
        which = "1 cell is a formula" if counted == 1 else f"{counted} cells are formulas"
        notes.append(f"{which}; what they show was taken")
    merged = _merged_in(data, name)
    return Table(file, tuple(_uncovered(rows, merged)), name, tuple(notes))


def _chosen(sheets: list[Any], file: str, wanted: str) -> tuple[str, list[str]]:
    """Return the name of the sheet to read, and what should be said about the others."""
    names = [str(sheet.title) for sheet in sheets]
    if wanted:
        if wanted not in names:
            near = similar_to(wanted, names)
            raise KitError(
                f"'{file}' has no sheet '{wanted}'; " + (f"did you mean '{near}'?" if near else _list(names))
            )
        return wanted, []
    seen = [sheet for sheet in sheets if sheet.sheet_state == "visible"] or sheets
    chosen = next((sheet for sheet in seen if _has_headings(sheet)), seen[0])
    others = [sheet for sheet in sheets if sheet is not chosen]
    return str(chosen.title), [_left(sheet) for sheet in others]


def _list(names: list[str]) -> str:
    return "it has " + ", ".join(f"'{name}'" for name in names)


def _left(sheet: Any) -> str:
    hidden = " is hidden, and" if sheet.sheet_state != "visible" else ""
    return f"the sheet '{sheet.title}'{hidden} was not read; --sheet '{sheet.title}' reads it"


def _has_headings(sheet: Any) -> bool:
    sheet.reset_dimensions()  # some programs write the wrong ones
    rows = sheet.iter_rows(max_row=_HEADINGS_WITHIN, max_col=MOST_COLUMNS, values_only=True)
    return any(field_of(str(value)) == "text" for row in rows for value in row if value is not None)


def _rows(values: Any, formulas: Any, file: str) -> tuple[list[Row], int]:
    """Return the rows that are not empty, and how many formulas were taken for what they show."""
    for sheet in (values, formulas):
        sheet.reset_dimensions()
    rows: list[Row] = []
    counted = 0
    pairs = zip_longest(values.iter_rows(), formulas.iter_rows(), fillvalue=())
    for number, (shown, written) in enumerate(pairs, 1):
        if number > _MOST_LOOKED_AT:
            break
        cells = [_cell(*pair) for pair in zip_longest(shown, written)]
        while cells and cells[-1].is_empty:
            cells.pop()
        if not cells:
            continue
        counted += sum(_is_formula(one) and not cell.odd for one, cell in zip(written, cells, strict=False))
        rows.append(Row(number, tuple(cells)))
        if len(rows) > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise KitError(f"'{file}' has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns; split it into several")
    return rows, counted


def _is_formula(cell: Any) -> bool:
    return getattr(cell, "data_type", "") == "f"


def _cell(shown: Any, written: Any) -> Cell:
    value = getattr(shown, "value", None)
    if value is None and _is_formula(written):
        return Cell(str(written.value), "formula")
    if getattr(shown, "data_type", "") == "e":
        return Cell(str(value), "error")
    if isinstance(value, (datetime, date, time, timedelta)):
        return Cell(_when(value), "date")
    return Cell(_text(value))


def _when(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)


def _text(value: object) -> str:
    """Return a value as it is shown: 5.0 is 5, and what is true is TRUE."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).replace("_x000D_", "")


def _merged_in(data: bytes, name: str) -> list[_Range]:
    """Return the ranges of cells in a sheet that were merged into one; the streaming reader does not tell."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = ET.fromstring(archive.read(_WORKBOOK))  # noqa: S314 - expat refuses entities that grow
        relations = ET.fromstring(archive.read(_RELATIONS))  # noqa: S314 - as above
        wanted = next(
            node.get(_RELATION_ID) for node in book.iter() if node.get("name") == name and node.get(_RELATION_ID)
        )
        target = next(str(node.get("Target")) for node in relations if node.get("Id") == wanted)
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        found = _MERGED.findall(archive.read(part))
    return [(int(top), int(bottom), _number(left), _number(right)) for left, top, right, bottom in found]


def _number(name: bytes) -> int:
    """Return the number of a column, counted from 0."""
    number = 0
    for letter in name:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _uncovered(rows: list[Row], merged: list[_Range]) -> Iterator[Row]:
    """Give rows in which the cells that are covered by a merged one say so."""
    for row in rows:
        over = [one for one in merged if one[0] <= row.number <= one[1]]
        cells = list(row.cells)
        for top, _, left, right in over:
            for column in range(left, min(right, MOST_COLUMNS) + 1):
                if (row.number, column) != (top, left):
                    cells += [Cell()] * (column + 1 - len(cells))
                    cells[column] = Cell(odd="merged")
        yield Row(row.number, tuple(cells))
