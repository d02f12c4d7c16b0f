"""Cells that hold something else than what was typed: dates, errors, formulas, lost letters, merged cells."""

import re

from intimacy_kit.authoring.importing.fields import NUMBERS
from intimacy_kit.authoring.importing.layout import Column
from intimacy_kit.authoring.importing.tables import Cell, shown
from intimacy_kit.loading.preflight import bad_character

__all__ = ["what_is_odd"]

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


def what_is_odd(column: Column, cell: Cell, text: str) -> tuple[str, ...]:
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
    if cell.odd == "date" or (column.field in NUMBERS and _DATE.fullmatch(text)):
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
