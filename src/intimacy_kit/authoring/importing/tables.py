"""What was read from a spreadsheet: rows of cells, each with its number, before anything is understood of it."""

import re

from attrs import frozen

from intimacy_kit.problems import Problem, Where

__all__ = ["MOST_COLUMNS", "MOST_ROWS", "Cell", "Row", "Table", "letters", "shown"]

#: More than this is no list of prompts; the file is refused.
MOST_ROWS = 20_000
MOST_COLUMNS = 256

_LONGEST_SHOWN = 60


@frozen
class Cell:
    """One cell.

    >>> Cell("5").is_empty, Cell(" ").is_empty
    (False, True)
    """

    #: What stands in it, as it is shown.
    text: str = ""
    #: Why it cannot be taken as it is: ``date``, ``error``, ``formula``, ``merged``, ``unclosed``; mostly empty.
    odd: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it, and nothing was meant to."""
        return not self.odd and (not self.text or not self.text.strip())


_EMPTY = Cell()


@frozen
class Row:
    """One row that is not empty."""

    #: Its number in the spreadsheet, counted from 1.
    number: int
    #: Its cells, from column A on.
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """Return the cell of a column, counted from 0; an empty one where the row ends before."""
        return self.cells[column] if column < len(self.cells) else _EMPTY

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in any of its cells; what is only covered by a merged cell is nothing."""
        return all(cell.is_empty or cell.odd == "merged" for cell in self.cells)


@frozen
class Table:
    """The rows of one sheet, or of a CSV file."""

    #: The name of the file, without its folder.
    file: str
    #: Its rows that are not empty.
    rows: tuple[Row, ...]
    #: The name of the sheet; empty for a CSV file.
    sheet: str = ""
    #: What the writer should know about how it was read.
    notes: tuple[str, ...] = ()
    #: What separates the cells of a CSV file.
    delimiter: str = ","

    def problem(self, row: int, column: int, code: str, message: str, hint: str = "") -> Problem:
        """Return a problem of a cell; *row* is counted from 1 and *column* from 0, as everywhere here."""
        return Problem(Where(self.file, row, column + 1), code, message, hint)


def letters(column: int) -> str:
    """Return how a spreadsheet calls a column, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        name = chr(ord("A") + rest) + name
        column -= 1
    return name


def shown(text: str) -> str:
    r"""Return what stands in a cell as it may stand in a message: in one line, and not too long.

    >>> shown("two\nlines")
    'two lines'
    """
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"
