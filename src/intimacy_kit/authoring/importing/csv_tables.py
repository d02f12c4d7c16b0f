"""Reading CSV as spreadsheets write it: in many encodings, with commas, semicolons, tabs or bars."""

import csv
import io
import re

from intimacy_kit.authoring.importing.headings import field_of
from intimacy_kit.authoring.importing.tables import MOST_COLUMNS, MOST_ROWS, Cell, Row, Table
from intimacy_kit.errors import KitError

__all__ = ["read_csv"]

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
#: So many lines are looked at to see what separates the cells.
_LOOKED_AT = 30
#: So many of the rows have as many cells as each other, where nothing else tells what separates them.
_EVEN = 0.9
#: The first line that Excel writes to say what separates the cells.
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?")
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LONGEST_CELL = 1_000_000


def read_csv(data: bytes, file: str) -> Table:
    r"""Read the bytes of a CSV file.

    >>> table = read_csv("Frage;Tiefe\nWer?;1\n".encode(), "fragen.csv")
    >>> [cell.text for cell in table.rows[1].cells], table.notes
    (['Wer?', '1'], ('its cells are separated by semicolons',))
    """
    text, notes = _decoded(data)
    first = _SEPARATOR_LINE.match(text)
    delimiter = first[1] if first else _delimiter_of(text)
    rows, unclosed = _rows(text, delimiter)
    if first:
        rows[0] = []
    if delimiter != "," and delimiter in text:
        notes.append(f"its cells are separated by {_DELIMITERS.get(delimiter, repr(delimiter))}")
    numbered = [Row(number, tuple(map(Cell, cells))) for number, cells in enumerate(rows, 1)]
    if unclosed:
        *before, last = numbered
        numbered = [*before, Row(last.number, (*last.cells[:-1], Cell(last.cells[-1].text, "unclosed")))]
    kept = tuple(row for row in numbered if not row.is_empty)
    if len(kept) > MOST_ROWS or any(len(row.cells) > MOST_COLUMNS for row in kept):
        raise KitError(
            f"'{file}' has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns; split it into several files"
        )
    return Table(file, kept, notes=tuple(notes), delimiter=delimiter)


def _decoded(data: bytes) -> tuple[str, list[str]]:
    """Return the text of a file, and what should be said about how it was read."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), []
    if (halves := data[:2000]).count(0) > len(halves) // 4:  # every other byte of plain letters is 0 there
        little = halves[1::2].count(0) > halves[::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace"), ["it was read as UTF-16"]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        said = "it is not UTF-8, and was read as Windows-1252; where letters look wrong, save it as 'CSV UTF-8'"
        return data.decode("cp1252", "replace"), [said]


def _delimiter_of(text: str) -> str:
    """Return what separates the cells: what gives the most headings that are known, then the most even rows.

    Where nothing separates anything, it is a sign that the file does not hold: a list of sentences has commas too.
    """
    some = "".join(io.StringIO(text, newline="").readlines()[:_LOOKED_AT])

    def worth(delimiter: str) -> tuple[int, int]:
        rows = [row for row in _rows(some, delimiter)[0] if any(row)]
        known = max((sum(bool(field_of(cell)) for cell in row) for row in rows if len(row) > 1), default=0)
        widths = [len(row) for row in rows]
        even = max(((widths.count(width), width) for width in set(widths)), default=(0, 0))
        return known, even[0] if even[1] > 1 and even[0] >= _EVEN * len(rows) else 0

    best = max(_DELIMITERS, key=worth)
    return best if any(worth(best)) else next((one for one in _DELIMITERS if one not in text), ",")


def _rows(text: str, delimiter: str) -> tuple[list[list[str]], bool]:
    """Return all rows, and whether a quote is still open at the end of the last."""
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise KitError(f"this is no CSV file ({error}); save it as .xlsx, or as 'CSV UTF-8'") from None
    return rows, bool(rows) and _is_open(text, delimiter)


def _is_open(text: str, delimiter: str) -> bool:
    """Say whether a quote is still open at the end; each cell in quotes has an even number of them."""
    if text.count('"') % 2 == 0:
        return False
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
