"""Importing into a pack: nothing is lost, doubled or written over, and it is written all or not at all."""

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from authoring.importing.sheets import Cells, as_workbook, write

from intimacy_kit.authoring import checking
from intimacy_kit.authoring.building import build, compile_pack
from intimacy_kit.authoring.importing import spreadsheets
from intimacy_kit.authoring.importing.drafts import Defaults
from intimacy_kit.authoring.importing.spreadsheets import Imported, import_file
from intimacy_kit.authoring.yaml_sources import read_yaml
from intimacy_kit.errors import KitError
from intimacy_kit.problems import Problem, Where

TEA = Path(__file__).parents[1] / "codes" / "tea"
STAIR = "Which stair at home would you warn a guest about?"
TAP = "Which tap here has to be talked to?"


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    """The little pack, in a folder of its own."""
    folder = Path(shutil.copytree(TEA, tmp_path / "tea"))
    build(folder)
    return folder


def imported(tea: Path, rows: Cells, name: str = "questions.csv", **options: Any) -> Imported:
    return import_file(write(tea.parent / name, rows), tea, **options)


def codes(found: Imported) -> list[str]:
    return [problem.code for problem in found.problems]


def prompts(tea: Path, file: str) -> list[dict[str, Any]]:
    document: Any = read_yaml(tea, file).document
    return list(document["prompts"])


def test_a_row_becomes_a_prompt_with_all_its_fields_in_the_order_of_a_writer(tea: Path) -> None:
    rows = [
        [
            *("Comment", "Prompt", "Skills", "Depth", "Min", "Topics", "Mood", "Shape", "Deeper", "Lighter", "Repair"),
            *(
                "Solo",
                "Basis",
                "Sources",
                "Evidence note",
                "Author",
                "Licence",
                "Rest",
                "Links",
                "Purpose",
                "ID",
                "After",
            ),
        ],
        [
            *("from Ruth\nfor May", STAIR, "Kindness, trust", "1 - light", "5 min", "Home", "playful", "question"),
            *("Who taught you which one?", "Does it creak in tune?", "Warn the guest about nothing, then."),
            *("Draw the stair, and write the warning on it.", "tradition", "doi:10.1000/182", "Old houses."),
            *("Ruth; Ilse", "CC0-1.0", "30 days", "oldest-spoon", "practice", "Stair To Warn"),
            "Hold the rail together for a moment.",
        ],
    ]
    found = imported(tea, rows)
    assert found.problems == ()
    spreadsheets.write(found, tea.parent / "questions.csv", tea)
    assert (
        (tea / "prompts" / "questions.yaml").read_text("utf-8")
        == f"""\
# From questions.csv.
prompts:
  # from Ruth
  # for May
  - id: stair-to-warn
    text: {STAIR}
    skills: [kindness, trust]
    depth: 1
    minutes: 5
    mood: playful
    shape: question
    purpose: practice
    topics: [home]
    links: [oldest-spoon]
    repeat: {{after_days: 30}}
    follow_ups:
      deeper: Who taught you which one?
      lighter: Does it creak in tune?
      repair: Warn the guest about nothing, then.
    solo: Draw the stair, and write the warning on it.
    after: Hold the rail together for a moment.
    evidence: {{basis: tradition, sources: ["doi:10.1000/182"], note: Old houses.}}
    authors: [Ruth, Ilse]
    licence: CC0-1.0
"""
    )


def test_what_a_file_leaves_out_is_as_the_caller_says(tea: Path) -> None:
    found = imported(tea, [["text"], [STAIR]], defaults=Defaults(("trust", "repair"), 7, 2))
    assert found.taken[0].prompt == {
        "id": "which-stair-at-home-would-you-warn-a",
        "text": STAIR,
        "skills": ["trust", "repair"],
        "depth": 2,
        "minutes": 7,
        "requires": {"count": {"depth": 1, "n": 3}},
    }
    assert imported(tea, [["text"], [STAIR]]).taken[0].prompt["depth"] == 1


def test_an_empty_cell_for_the_depth_is_filled_only_by_somebody_who_says_so(tea: Path) -> None:
    rows = [["text", "depth"], [STAIR, ""]]
    assert codes(imported(tea, rows)) == ["K942"]
    assert imported(tea, rows, defaults=Defaults(depth=2)).taken[0].prompt["depth"] == 2


def test_a_deeper_prompt_waits_for_what_touches_no_more_than_itself(tea: Path) -> None:
    rows = [
        ["text", "depth", "topics", "after"],
        ["Which quiet rule of this house would you keep?", 2, "", ""],
        ["What do you still owe the neighbours, if only a ladder?", 3, "worry", "Carry the ladder back in your head."],
        ["Which door would you rather find open, one day?", 4, "", "Nobody walks through it tonight."],
    ]
    found = imported(tea, rows)
    gates = [draft.prompt["requires"] for draft in found.taken]
    assert gates == [
        {"count": {"depth": 1, "n": 3}},
        {"all": [{"done": "before-the-second-pot"}, {"count": {"depth": 2, "n": 2}}]},
        {"all": [{"done": "before-the-second-pot"}, {"count": {"depth": 3, "n": 2}}]},
    ]


def test_nobody_has_to_talk_about_what_they_refuse_to_come_to_a_deeper_prompt(tea: Path) -> None:
    for folder in ("guides", "stories", "exercises", "journeys", "prompts"):
        shutil.rmtree(tea / folder)
    light = [[f"Which {dish} would you cook for {guest}?", 1, "food"] for dish, guest in zip("abc", "xyz", strict=True)]
    deeper = [["Which rule of the table would you keep?", 2, ""], ["Which recipe is a secret still?", 2, "food"]]
    found = imported(tea, [["text", "depth", "topics"], *light, *deeper])
    asked = [draft.prompt["requires"]["count"]["n"] for draft in found.taken if "requires" in draft.prompt]
    assert asked == [1, 3]


def test_a_pack_without_an_orientation_or_anything_light_still_asks_for_the_depth_before(tea: Path) -> None:
    for folder in ("guides", "stories", "exercises", "journeys", "prompts"):
        shutil.rmtree(tea / folder)
    found = imported(tea, [["text", "depth", "after"], [STAIR, 3, "Hold the rail together for a moment."]])
    assert found.taken[0].prompt["requires"] == {"count": {"depth": 2, "n": 1}}
    assert "K505" in codes(found) or "K503" in codes(found) or "K501" in codes(found)


def test_importing_a_file_twice_doubles_nothing(tea: Path) -> None:
    rows = [["text"], [STAIR], [TAP]]
    spreadsheets.write(imported(tea, rows), tea.parent / "questions.csv", tea)
    again = imported(tea, [*rows, ["Whose umbrella has lived here longest?"]])
    assert (len(again.there), len(again.taken), again.problems) == (2, 1, ())
    spreadsheets.write(again, tea.parent / "questions.csv", tea)
    assert [one["text"] for one in prompts(tea, "prompts/questions-2.yaml")] == [
        "Whose umbrella has lived here longest?"
    ]
    assert compile_pack(tea).problems == ()


def test_a_row_that_says_something_else_than_the_pack_names_what(tea: Path) -> None:
    found = imported(
        tea, [["id", "text", "depth", "skills"], ["oldest-spoon", "Which fork is it, by name?", 1, "trust"]]
    )
    assert [(one.code, one.message) for one in found.problems] == [
        ("K947", "'oldest-spoon' is in the pack already, with another text and skills")
    ]


def test_words_that_another_id_of_the_pack_has_are_told(tea: Path) -> None:
    spoon = "Which spoon in this kitchen would you save from a flood?"
    found = imported(tea, [["id", "text"], ["other-spoon", spoon]])
    assert [(one.code, one.message) for one in found.problems] == [
        ("K940", "'oldest-spoon' in the pack has the same words")
    ]


def test_two_texts_that_begin_alike_get_ids_of_their_own(tea: Path) -> None:
    found = imported(tea, [["text"], [STAIR], [STAIR.replace("about", "about first")], ["雨の音は?"]])
    assert [draft.prompt["id"] for draft in found.taken] == [
        "which-stair-at-home-would-you-warn-a",
        "which-stair-at-home-would-you-warn-a-2",
        "prompt",
    ]


def test_ids_that_only_count_the_rows_are_no_ids(tea: Path) -> None:
    found = imported(tea, [["No.", "text"], [1.0, STAIR], [2.0, TAP]], "a.xlsx")
    assert [draft.prompt["id"] for draft in found.taken] == [
        "which-stair-at-home-would-you-warn-a",
        "which-tap-here-has-to-be-talked-to",
    ]


def test_left_over_rows_are_mended_and_imported_by_themselves(tea: Path) -> None:
    for suffix in (".csv", ".xlsx"):
        path = tea.parent / f"questions{suffix}"
        rows = [["text", "skills", "deeper"], [STAIR, "listning", "-- who knew?"], [TAP, "trust", ""]]
        found = import_file(write(path, rows), tea)
        rest = spreadsheets.write(found, path, tea)
        assert rest is not None
        assert rest.name == f"questions.left-over{suffix}"
        left = spreadsheets.read_table(rest)
        assert [cell.text for cell in left.rows[0].cells] == ["text", "skills", "deeper", "what is wrong"]
        assert "B2: 'listning' is not known here (did you mean 'listening'?)" in left.rows[1].cells[3].text
        assert left.rows[1].cells[2].text == ("'-- who knew?" if suffix == ".csv" else "-- who knew?")
        again = import_file(rest, tea)
        assert [(draft.prompt["follow_ups"], codes(again)) for draft in again.left] == [
            ({"deeper": "-- who knew?"}, ["K104"])
        ]
        spreadsheets.write(again, rest, tea)
        assert (rest.parent / f"questions.left-over-2{suffix}").exists()
        (tea / "prompts" / "questions.yaml").unlink()


def test_nothing_in_a_left_over_file_is_run_by_a_spreadsheet(tea: Path) -> None:
    evil = '=HYPERLINK("http://example.org")'
    for suffix in (".csv", ".xlsx"):
        path = write(tea.parent / f"a{suffix}", [["text", "comment"], ["", "'" + evil if suffix == ".csv" else evil]])
        rest = spreadsheets.write(import_file(path, tea), path, tea)
        assert rest is not None
        if suffix == ".csv":
            assert f'"\'{evil}"'.replace('"http', '""http').replace('org")', 'org"")') in rest.read_text("utf-8-sig")
        else:
            assert spreadsheets.read_table(rest).rows[1].cells[1].text == evil
            assert [cell.odd for cell in spreadsheets.read_table(rest).rows[1].cells] == ["", "", ""]


def test_more_prompts_than_fit_into_a_source_are_spread_over_several(
    tea: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheets, "_MOST_IN_A_FILE", 2)
    found = imported(tea, [["text"], [STAIR], [TAP], ["Whose umbrella has lived here longest? And why?"]])
    assert list(found.sources) == ["prompts/questions.yaml", "prompts/questions-2.yaml"]
    assert {problem.where.line for problem in found.problems} == {4}


def test_the_schema_line_is_that_of_the_other_sources(tea: Path) -> None:
    first = "# yaml-language-server: $schema=../.schemas/prompts.schema.json\n"
    (tea / ".schemas").mkdir()
    assert next(iter(imported(tea, [["text"], [STAIR]]).sources.values())).startswith(first)
    light = tea / "prompts" / "light.yaml"
    light.write_text("# yaml-language-server: $schema=x.json\n" + light.read_text("utf-8"), "utf-8")
    source = next(iter(imported(tea, [["text"], [STAIR]]).sources.values()))
    assert source.startswith("# yaml-language-server: $schema=x.json\n# From questions.csv.\nprompts:\n")


def test_where_one_file_cannot_be_written_none_is(tea: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = imported(tea, [["text", "depth"], [STAIR, 1], [TAP, 9]])
    monkeypatch.setattr(spreadsheets, "free_name", lambda _: tea / "nowhere" / "deep" / "x.csv")
    with pytest.raises(OSError, match="nowhere"):
        spreadsheets.write(found, tea.parent / "questions.csv", tea)
    assert not (tea / "prompts" / "questions.yaml").exists()


def test_a_source_that_appeared_in_the_meantime_is_not_written_over(tea: Path) -> None:
    found = imported(tea, [["text"], [STAIR]])
    (tea / "prompts" / "questions.yaml").write_text("mine", "utf-8")
    with pytest.raises(FileExistsError):
        spreadsheets.write(found, tea.parent / "questions.csv", tea)
    assert (tea / "prompts" / "questions.yaml").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["text", "colour"], ["K932"]),
        (["text", "question"], ["K933"]),
        (["text", ""], ["K934"]),
        (["skills", "depth"], ["K931"]),
        (["text", "skill"], []),
    ],
)
def test_nothing_is_taken_while_a_heading_is_not_understood(
    headings: list[str], expected: list[str], tea: Path
) -> None:
    found = imported(tea, [headings, [STAIR, "trust"]])
    assert [problem.code for problem in found.layout.problems] == expected
    assert bool(found.taken) is not bool(expected)


def test_a_column_is_left_out_by_its_heading_or_its_letter(tea: Path) -> None:
    rows = [["text", "Colour", ""], [STAIR, "red", "x"]]
    assert imported(tea, rows, without=("colour", "C")).problems == ()
    with pytest.raises(KitError, match="did you mean 'Colour'"):
        imported(tea, rows, without=("Color",))
    with pytest.raises(KitError, match=r"no column 'zebra' to leave out$"):
        imported(tea, rows, without=("zebra",))


def test_titles_above_and_headings_that_come_again_are_no_prompts(tea: Path) -> None:
    rows = [
        ["For May"],
        ["by Ruth"],
        ["text", "skills"],
        [STAIR, "trust"],
        ["Frage", "Fähigkeiten"],
        ["text", "skills"],
        [TAP, "trust"],
    ]
    found = imported(tea, rows)
    assert [draft.row.number for draft in found.taken] == [4, 7]
    assert found.layout.notes == (
        "rows 1 to 2 stand above the headings, and nothing of that was taken",
        "row 5 repeats the headings, and was left out",
        "row 6 repeats the headings, and was left out",
    )


def test_the_answers_of_a_form_are_understood(tea: Path) -> None:
    rows = [
        ["Timestamp", "Email address", "Your question for the two", "Depth (1-4)"],
        ["2026-05-01", "a@b.c", STAIR, 1],
    ]
    found = imported(tea, rows)
    assert [(column.field, column.why) for column in found.layout.columns] == [
        ("", "when a form was sent"),
        ("", "somebody's address"),
        ("text", ""),
        ("depth", ""),
    ]
    assert len(found.taken) == 1


def test_a_folder_that_holds_no_pack_or_a_broken_one_is_refused(tea: Path) -> None:
    path = write(tea.parent / "a.csv", [["text"], [STAIR]])
    with pytest.raises(KitError, match="begin one with 'intimacy-kit new'"):
        import_file(path, tea.parent)
    (tea / "prompts" / "light.yaml").write_text("prompts: [", "utf-8")
    with pytest.raises(KitError, match="has problems already"):
        import_file(path, tea)


def test_a_merged_cell_of_a_title_or_beyond_the_table_changes_nothing(tea: Path) -> None:
    rows = [["text", "skills"], [STAIR, "trust"], [TAP, "trust", "^"]]
    path = tea.parent / "a.xlsx"
    path.write_bytes(as_workbook(rows))
    assert import_file(path, tea).problems == ()


def test_a_row_with_only_a_merged_cell_is_empty(tea: Path) -> None:
    rows = [["text", "skills"], [STAIR, "trust"], ["^", "^"], [TAP, "trust"]]
    found = imported(tea, rows, "a.xlsx")
    assert (len(found.taken), found.problems) == (2, ())


def test_what_says_nothing_is_left_to_the_defaults(tea: Path) -> None:
    rows = [["text", "skills", "minutes", "topics", "kind"], [STAIR, "none", "-", "n/a", "prompt"]]
    prompt = imported(tea, rows).taken[0].prompt
    assert (prompt["skills"], prompt["minutes"], "topics" in prompt) == (["conversation"], 10, False)


def test_of_a_row_that_could_not_be_read_only_the_reason_is_told(tea: Path) -> None:
    path = tea.parent / "a.csv"
    path.write_text(f'text,depth,mood\n{TAP},1,playful\n{STAIR},too,many,commas\n"{STAIR},9,none\n', "utf-8")
    found = import_file(path, tea)
    assert [(problem.where.line, problem.code) for problem in found.problems] == [(3, "K945"), (4, "K946")]
    assert len(found.taken) == 1


def test_what_is_wrong_with_a_source_as_a_whole_is_told_at_the_headings(
    tea: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem(Where("prompts/questions.yaml", 1, 1), "K999", "too long")
    monkeypatch.setattr(checking, "check", lambda *_: SimpleNamespace(problems=(problem,)))
    found = imported(tea, [["For May", ""], ["skills", "text"], ["trust", STAIR]])
    assert [(str(one.where), one.code) for one in found.problems] == [("questions.csv:2:2", "K999")]


def test_what_is_proved_is_told_once_and_not_at_every_row(tea: Path) -> None:
    shutil.rmtree(tea / "guides")
    for name in ("prompts/later.yaml", "journeys/kettle.yaml"):
        (tea / name).unlink()
    later = [
        [f"What would you hang on {place} if nobody saw?", 3, f"Hang it {place} too."] for place in ("hooks", "nails")
    ]
    found = imported(tea, [["text", "depth", "after"], *later])
    assert codes(found).count("K506") <= 1
    assert len(codes(found)) == len({(problem.code, problem.message) for problem in found.problems})
