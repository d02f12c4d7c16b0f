"""Spreadsheets as people have them: of any encoding, with any separator, with titles, notes and other sheets."""

import io
import zipfile
from datetime import datetime, time
from pathlib import Path

import pytest
from authoring.importing.sheets import as_csv, as_workbook, write
from openpyxl import Workbook

from intimacy_kit.authoring.importing import csv_tables, spreadsheets, xlsx_tables
from intimacy_kit.authoring.importing.layout import laid_out
from intimacy_kit.authoring.importing.spreadsheets import read_table
from intimacy_kit.authoring.importing.tables import Table
from intimacy_kit.errors import KitError

ROWS = [["Frage", "Tiefe"], ["Wer saß zuerst, und wo?", "1"], ["Welche Tür klemmt?", "2"]]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_encoding_and_any_separator_give_the_same_rows(encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "fragen.csv"
    path.write_bytes(as_csv(ROWS, delimiter, encoding))
    table = read_table(path)
    assert texts(table) == ROWS
    assert any("Windows-1252" in note for note in table.notes) is (encoding == "cp1252")


def test_the_line_in_which_excel_names_the_separator_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=|\ntext|depth\nWho, when?|1\n", "utf-8")
    table = read_table(path)
    assert [row.number for row in table.rows] == [2, 3]
    assert texts(table)[1] == ["Who, when?", "1"]


def test_a_list_of_sentences_without_headings_is_one_column_whatever_commas_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Which door, of all, sticks?\nWhose umbrella is it?\n", "utf-8")
    layout = laid_out(read_table(path))
    assert [column.field for column in layout.columns] == ["text"]
    assert [row.cells[0].text for row in layout.rows] == ["Which door, of all, sticks?", "Whose umbrella is it?"]


def test_rows_are_numbered_as_the_spreadsheet_shows_them_also_where_cells_hold_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(as_csv([["text", "depth"], ["one\ntwo\nthree", 1], [], ["four", 1]]))
    assert [row.number for row in read_table(path).rows] == [1, 2, 4]


@pytest.mark.parametrize(
    ("value", "text", "odd"),
    [
        (5.0, "5", ""),
        (2.5, "2.5", ""),
        (True, "TRUE", ""),
        (datetime(2026, 2, 1), "2026-02-01", "date"),  # noqa: DTZ001 - a spreadsheet knows no zone
        (datetime(2026, 2, 1, 8, 30), "2026-02-01 08:30:00", "date"),  # noqa: DTZ001 - as above
        (time(0, 5), "00:05:00", "date"),
        ("#REF!", "#REF!", "error"),
        ("=A1", "=A1", "formula"),
    ],
)
def test_a_cell_of_a_workbook_is_what_it_shows(value: object, text: str, odd: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [["text", "minutes"], ["Who?", value]])
    cell = read_table(path).rows[1].cells[1]
    assert (cell.text, cell.odd) == (text, odd)


def test_a_formula_that_was_worked_out_is_taken_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(with_worked_out(as_workbook([["text", "depth"], ["=A9", 1]]), "Who knew?"))
    table = read_table(path)
    assert texts(table)[1] == ["Who knew?", "1"]
    assert table.notes == ("1 cell is a formula; what they show was taken",)


def with_worked_out(data: bytes, shown: str) -> bytes:
    """Return a workbook in which the one formula has been worked out, as Excel does on saving."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b'<c r="A2"><f>', b'<c r="A2" t="str"><f>')
                part = part.replace(b"<v></v>", b"<v />").replace(b"<v />", f"<v>{shown}</v>".encode(), 1)
            new.writestr(name, part)
    return out.getvalue()


def test_the_first_sheet_with_headings_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheets = {"Questions": ROWS, ".old": ROWS}
    path.write_bytes(as_workbook([["read me"]], name="Cover", others=sheets))
    table = read_table(path)
    assert table.sheet == "Questions"
    assert table.notes == (
        "the sheet 'Cover' was not read; --sheet 'Cover' reads it",
        "the sheet '.old' is hidden, and was not read; --sheet '.old' reads it",
    )
    assert read_table(path, ".old").sheet == ".old"


def test_a_sheet_that_is_not_there_is_refused_and_a_near_one_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", ROWS)
    with pytest.raises(KitError, match="did you mean 'Questions'"):
        read_table(path, "Question")
    with pytest.raises(KitError, match="it has 'Questions'"):
        read_table(path, "xyz")
    with pytest.raises(KitError, match="is CSV, and has no sheet"):
        read_table(write(tmp_path / "a.csv", ROWS), "Questions")


def test_a_workbook_whose_size_was_written_down_wrongly_is_read_whole(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_workbook(ROWS))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1"'))
    (tmp_path / "a.xlsx").write_bytes(out.getvalue())
    assert len(read_table(tmp_path / "a.xlsx").rows) == 3


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old Excel file, or one with a password"),
        (b"PK\x03\x04 no archive", "neither CSV nor .xlsx"),
        (b"\x89PNG\0\0\0\0", "neither CSV nor .xlsx"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_one_line(data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(KitError, match=said):
        read_table(tmp_path / "a.xlsx")


def test_a_damaged_workbook_is_refused_in_one_line(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<nothing")
    (tmp_path / "a.xlsx").write_bytes(out.getvalue())
    with pytest.raises(KitError, match="open it there and save it anew"):
        read_table(tmp_path / "a.xlsx")


def test_an_archive_that_unpacks_to_more_than_a_list_of_prompts_is_refused_before_it_is_unpacked(
    tmp_path: Path,
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (65 * 1024 * 1024))
    assert len(out.getvalue()) < 100_000
    (tmp_path / "a.xlsx").write_bytes(out.getvalue())
    with pytest.raises(KitError, match="too large"):
        read_table(tmp_path / "a.xlsx")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_too_many_rows_are_refused(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (csv_tables, xlsx_tables):
        monkeypatch.setattr(module, "MOST_ROWS", 2)
    with pytest.raises(KitError, match="split it"):
        read_table(write(tmp_path / f"a{suffix}", ROWS))


def test_rows_without_end_are_not_looked_at_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_tables, "_MOST_LOOKED_AT", 2)
    assert len(read_table(write(tmp_path / "a.xlsx", ROWS)).rows) == 2


def test_a_file_too_large_to_be_a_list_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "_LARGEST", 10)
    with pytest.raises(KitError, match="copy the rows you mean"):
        read_table(write(tmp_path / "a.csv", ROWS))


def test_a_cell_without_end_is_no_csv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_tables, "_LONGEST_CELL", 10)
    with pytest.raises(KitError, match="this is no CSV file"):
        read_table(write(tmp_path / "a.csv", ROWS))


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    assert read_table(tmp_path / "a.csv").rows == ()
    assert [problem.code for problem in laid_out(read_table(tmp_path / "a.csv")).problems] == ["K931"]


def test_a_quote_that_stays_open_is_told_at_the_row_where_it_was_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('text,depth\n"Who, when?",1\n"Which door sticks?,1\nWhose umbrella is it?,1\n', "utf-8")
    rows = read_table(path).rows
    assert [(row.number, row.cells[-1].odd) for row in rows] == [(1, ""), (2, ""), (3, "unclosed")]
    assert "Whose umbrella" in rows[2].cells[-1].text


@pytest.mark.parametrize("text", ['text\n"Who" knew the "way?"\n', 'text\nA 5" nail\n'])
def test_quotes_in_the_middle_of_a_text_open_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(text, "utf-8")
    assert read_table(tmp_path / "a.csv").rows[1].cells[0].odd == ""


def test_a_workbook_without_cells_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.create_chartsheet("Chart")
    book.remove(book.worksheets[0])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(KitError, match="cannot be read as an Excel file"):
        read_table(tmp_path / "a.xlsx")
