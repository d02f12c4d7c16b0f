"""A cell is read as whoever wrote it meant it, where only one thing can be meant."""

import pytest

from intimacy_kit.authoring.importing.headings import field_of
from intimacy_kit.authoring.importing.layout import Column
from intimacy_kit.authoring.importing.odd_cells import what_is_odd
from intimacy_kit.authoring.importing.tables import Cell
from intimacy_kit.authoring.importing.values import cleaned, is_yes_or_no, value_of


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("depth", "2", 2),
        ("depth", "3.0", 3),
        ("depth", "Tender", 3),
        ("depth", "4 \u2013 deep", 4),
        ("depth", "1 (light)", 1),
        ("depth", "tief", 4),
        ("depth", "2 - deep", "2 - deep"),
        ("depth", "n/a", ""),
        ("depth", "quite deep", "quite deep"),
        ("minutes", "5", 5),
        ("minutes", "5.0", 5),
        ("minutes", "10 Minuten", 10),
        ("minutes", "ca. 15'", 15),
        ("minutes", "1 h", 60),
        ("minutes", "5-10", "5-10"),
        ("minutes", "-", ""),
        ("after_days", "30 días", 30),
        ("skills", "Listening and Trust", ["listening", "trust"]),
        ("skills", "Zuhören / Vertrauen", ["listening", "trust"]),
        ("skills", "listening; listening", ["listening"]),
        ("skills", "candy and trust", ["candy and trust"]),
        ("skills", "none", []),
        ("topics", "n/a", []),
        ("topics", "home, -", ["home"]),
        ("skills", "???", ["???"]),
        ("topics", "In-Laws, wish for children", ["in_laws", "wish_for_children"]),
        ("mood", "Verspielt", "playful"),
        ("mood", "none", ""),
        ("mood", "odd", "odd"),
        ("shape", "either/or", "pick"),
        ("sources", "doi:10.1/a, b; https://example.org/a,b", ["doi:10.1/a", "b", "https://example.org/a,b"]),
        ("authors", "Ada Lovelace; Ana", ["Ada Lovelace", "Ana"]),
        ("text", "Who\nwas  there?", "Who was there?"),
    ],
)
def test_a_value_is_what_was_meant(field: str, text: str, value: object) -> None:
    assert value_of(field, text) == value


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Qui\u00a0était là\u00a0?", "Qui était là\u00a0?"),
        ("«\u00a0oui\u00a0»", "«\u00a0oui\u00a0»"),
        ("a\u200bb\u00adc", "abc"),
        ("'=1+1", "=1+1"),
        ("'tis late", "'tis late"),
        ("one\r\ntwo", "one\ntwo"),
    ],
)
def test_what_nobody_sees_is_taken_out(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept


@pytest.mark.parametrize(("text", "is_one"), [("TRUE", True), ("Ja", True), ("✓", True), ("yes, when?", False)])
def test_a_tick_is_not_words(text: str, is_one: bool) -> None:
    assert is_yes_or_no(text) is is_one


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Question", "text"),
        ("FRAGE *", "text"),
        ("Follow-up (deeper)", "deeper"),
        ("Dauer (Minuten)", "minutes"),
        ("Habilidades:", "skills"),
        ("niveau", "depth"),
        ("colour", ""),
        ("", ""),
    ],
)
def test_a_heading_is_understood_in_any_case_and_four_languages(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("minutes", "2026-10-05", "K936"),
        ("minutes", "Feb 01", "K936"),
        ("depth", "1.2.2026", "K936"),
        ("text", "On 2026-10-05, who will wake first?", ""),
        ("text", "#¿NOMBRE?", "K937"),
        ("text", "#N/A", "K937"),
        ("text", "#1 in this house: which cup?", ""),
        ("text", "= SUM(A1:A3)", "K938"),
        ("text", "Fran\ufffdois", "K944"),
        ("text", "A MAÇÃ DE QUEM?", ""),
        ("text", "Ça alors: où étais-tu ?", ""),
        ("text", "who\u2066?", "K009"),
    ],
)
def test_a_cell_that_is_not_what_was_typed_is_told(field: str, text: str, code: str) -> None:
    assert (what_is_odd(Column(0, field, field), Cell(text), text) or [""])[0] == code
