"""The tables in a pack's README.md: counted, filled in between two marks, and told when they are stale."""

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from little_packs import activity, pack

from intimacy_kit.authoring.building import build, compile_pack, stale
from intimacy_kit.authoring.measured import filled_in, measured
from intimacy_kit.content.activities import FollowUps
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.content.vocabulary import AXES

SOURCES = {
    "intimacy-pack.yaml": "format: 1\nname: tea\ntitle: Tea\nversion: 0.1.0\nlanguages: [en]\nauthors: [Ada]\n"
    "licence: CC0-1.0\nabout: Over a cup.\n",
    "prompts/light.yaml": "prompts:\n  - {id: cup, text: Sit with a cup., skills: [trust], depth: 1, minutes: 5}\n",
}
MARKED = "# Tea\n\n<!-- measured -->\n<!-- /measured -->\n\nThe end.\n"


def rows(there: Pack) -> dict[str, list[str]]:
    """Return the cells behind the first one of each line of the tables."""
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in measured(there).splitlines() if line]
    return {first: rest for first, *rest in lines}


def prompt(slug: str, words: str = "Sit down.", **fields: Any) -> Any:
    return evolve(activity(slug, **fields), text=Text(words))


def test_how_much_there_is_of_each_kind_at_each_depth() -> None:
    act = activity("wave", "exercise", minutes=2)
    there = [activity("cup"), activity("pot", depth=3), activity("sit", "exercise"), act, activity("how", "guide")]
    counted = rows(pack("tea", [*there, activity("gone", retired=True)]))
    assert counted["prompts"] == ["1", "", "1", "", "2"]
    assert counted["exercises"] == ["1", "", "", "", "1"]
    assert counted["small acts, at most three minutes"] == ["1", "", "", "", "1"]
    assert counted["guides"] == ["1", "", "", "", "1"]
    assert counted["**all**"] == ["**4**", "", "**1**", "", "**5**"]
    assert "stories" not in counted


def test_how_the_prompts_ask_is_said_beside_what_the_guide_asks_for() -> None:
    there = [
        prompt("a", "Where did you learn to whistle?", shape="question", mood="playful"),
        prompt("b", "Hum what someone hums at home.", shape="task", mood="playful"),
        prompt("c", "What does the rain want?", shape="question", mood="hard", depth=3),
        prompt("d", "Who rings at your door at noon?", shape="question", mood="grateful", depth=4),
    ]
    counted = rows(pack("tea", there))
    assert counted["plain questions"] == ["75%", "at most 67%"]
    assert counted["of the commonest mood, playful"] == ["50%", "at most 50%"]
    assert counted["light"] == ["50%", "at least 25%"]
    assert counted["deep"] == ["25%", "at most 15%"]
    assert counted["glad, proud or funny, of depth 3 and 4"] == ["50%", "at least 33%"]
    assert counted["looking back"] == ["25%", "at most 50%"]
    assert counted["with a word that fits every prompt"] == ["25%", "at most 25%"]
    assert counted["shape: question"] == ["3"]
    assert counted["mood: hard"] == ["1"]


def test_the_level_is_that_of_the_activity_in_the_middle() -> None:
    easy, hard = "I sat. It was hot.", "Extraordinary considerations necessitate comprehensive reorganisation."
    level = "school grade of the middle one of all activities"
    assert float(rows(pack("tea", [prompt("a", easy), prompt("b", hard), prompt("c", easy)]))[level][0]) < 2
    assert float(rows(pack("tea", [prompt("a", easy), prompt("b", hard), prompt("c", hard)]))[level][0]) > 7


def test_words_are_measured_in_english_only() -> None:
    there = evolve(pack("tea", [prompt("a", "Was war gestern?")]), languages=("de",))
    assert {"looking back", "school grade of the middle one of all activities"}.isdisjoint(rows(there))
    assert rows(there)["of the commonest mood, none"][0] == "100%"


def test_what_stands_beside_the_questions_is_counted() -> None:
    asked = evolve(
        prompt("a"), follow_ups=FollowUps(deeper=Text("Where?"), repair=Text("Not so.")), solo=Text("Write.")
    )
    counted = rows(pack("tea", [asked, prompt("b")]))
    assert [counted[f"with a follow-up, {name}"] for name in ("deeper", "lighter", "repair")] == [["1"], ["0"], ["1"]]
    assert counted["with a form for one alone"] == ["1"]


def test_whom_it_suits_is_counted_for_every_value_of_every_axis() -> None:
    there = [activity("a", suits={"video", "text_only"}), activity("b", suits={"grief"}, minutes=6), activity("c")]
    counted = rows(pack("tea", there))
    assert counted["setting: video"] == counted["setting: text only"] == ["3", "1"]
    assert counted["setting: same room"] == ["2", ""]
    assert counted["stage: grief"] == ["3", "1"]
    assert counted["stage: job loss"] == ["2", ""]
    assert counted["setting: five minutes"] == ["2", ""]
    assert {f"{axis}: {value.replace('_', ' ')}" for axis in AXES for value in AXES[axis]} <= set(counted)


def test_a_pack_without_prompts_has_no_table_about_them() -> None:
    assert "plain questions" not in measured(pack("tea", [activity("how", "guide")]))


@pytest.mark.parametrize("readme", ["", "# Tea\n", "<!-- measured -->\n", "<!-- /measured -->\n"])
def test_without_both_marks_a_readme_stays_as_it_is(readme: str) -> None:
    assert filled_in(readme, pack("tea", [activity("cup")])) == readme


def test_what_stands_around_the_marks_stays_and_what_was_between_them_goes() -> None:
    there = pack("tea", [activity("cup")])
    once = filled_in(MARKED.replace("<!-- /", "old\n<!-- /"), there)
    assert once == f"# Tea\n\n<!-- measured -->\n{measured(there)}\n<!-- /measured -->\n\nThe end.\n"
    assert filled_in(once, there) == once


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    for name, words in {**SOURCES, "README.md": MARKED}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(words, "utf-8")
    return tmp_path


def told(root: Path) -> list[str]:
    return [f"{problem.where.file} {problem.code} {problem.message}" for problem in stale(root, compile_pack(root))]


def test_building_fills_in_the_tables_and_a_check_says_when_they_are_stale(tea: Path) -> None:
    said = "README.md K407 what is measured in it is not what the sources give now"
    assert said in told(tea)
    build(tea)
    assert told(tea) == []
    assert "| prompts | 1 |" in (tea / "README.md").read_text("utf-8")
    (tea / "prompts" / "light.yaml").write_text(SOURCES["prompts/light.yaml"].replace("depth: 1", "depth: 2"), "utf-8")
    assert said in told(tea)


@pytest.mark.parametrize("words", [None, b"\xff\xfe\x00", b"# Tea"])
def test_a_readme_that_is_missing_or_no_text_or_unmarked_is_left_alone(tea: Path, words: bytes | None) -> None:
    readme = tea / "README.md"
    readme.unlink() if words is None else readme.write_bytes(words)
    build(tea)
    assert told(tea) == []
    assert (readme.read_bytes() if readme.exists() else None) == words
