"""A spreadsheet of 200 prompts with 32 kinds of mistakes: each is told at its row and column, and the rest is taken."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from attrs import frozen
from authoring.importing.sheets import COVERED, write

from intimacy_kit.authoring.building import build, compile_pack
from intimacy_kit.authoring.importing import spreadsheets
from intimacy_kit.authoring.importing.spreadsheets import Imported, import_file
from intimacy_kit.authoring.importing.tables import letters

TEA = Path(__file__).parents[1] / "codes" / "tea"
HEADINGS = (
    "text",
    "id",
    "skills",
    "depth",
    "minutes",
    "topics",
    "mood",
    "shape",
    "deeper",
    "after",
    "solo",
    "basis",
    "links",
    "kind",
    "comment",
)
_PLACE = {name: place for place, name in enumerate(HEADINGS)}

#: Their numbers have no common divisor, so that no two rows share more than a word or two.
THINGS = (
    "kettle",
    "umbrella",
    "doorbell",
    "calendar",
    "ladder",
    "lantern",
    "pillow",
    "biscuit",
    "radio",
    "bicycle",
    "mirror",
    "drawer",
    "carpet",
    "candle",
    "suitcase",
    "notebook",
    "teaspoon",
    "curtain",
    "fridge",
    "torch",
    "scarf",
    "atlas",
    "postcard",
    "raincoat",
    "saucepan",
    "hammock",
    "trumpet",
    "compass",
    "bucket",
)
DOINGS = (
    "rescue",
    "paint",
    "borrow",
    "serenade",
    "polish",
    "hide",
    "lend",
    "wrap",
    "photograph",
    "forgive",
    "repair",
    "introduce",
    "weigh",
    "tame",
    "decorate",
    "smuggle",
    "bury",
    "applaud",
    "measure",
    "auction",
    "feed",
    "shelve",
    "wake",
)
PLACES = (
    "in a lighthouse",
    "on the moon",
    "aboard a night train",
    "behind the bakery",
    "inside an empty museum",
    "from a rowing boat",
    "under the attic stairs",
    "at low tide",
    "during an eclipse",
    "before breakfast",
    "after the last bus",
    "with a choir watching",
    "beside a sleeping cat",
)
FRAMES = (
    "{2}, which {0} would you {1}?",
    "{2}, how would you {1} a {0}?",
    "{2}, tell the tale of a {0} too shy to {1}.",
    "{2}, guess whose {0} your partner would {1}.",
    "{2}, describe the {0} that nobody managed to {1}.",
)


@frozen
class Mistake:
    """One kind of mistake: what stands in which cells, where it is told, and by which code."""

    what: str
    cells: dict[str, object]
    column: str
    code: str
    #: What the file must be called for it to be possible.
    only: str = ""


MISTAKES = (
    Mistake("no words", {"text": ""}, "text", "K935"),
    Mistake("a misspelt skill", {"skills": "listning"}, "skills", "K104"),
    Mistake("an invented topic", {"topics": "spaceships"}, "topics", "K104"),
    Mistake("a misspelt mood", {"mood": "playfull"}, "mood", "K104"),
    Mistake("an unknown shape", {"shape": "riddle"}, "shape", "K104"),
    Mistake("an unknown basis", {"basis": "hearsay"}, "basis", "K104"),
    Mistake("too deep", {"depth": 5}, "depth", "K107"),
    Mistake("a depth in other words", {"depth": "rather deep"}, "depth", "K103"),
    Mistake("number and name of a depth that differ", {"depth": "2 - deep"}, "depth", "K103"),
    Mistake("no depth", {"depth": ""}, "depth", "K942"),
    Mistake("minutes from to", {"minutes": "5 to 10"}, "minutes", "K103"),
    Mistake("no minutes at all", {"minutes": 0}, "minutes", "K107"),
    Mistake("half minutes", {"minutes": 2.5}, "minutes", "K103"),
    Mistake("a date of what was 5-10", {"minutes": "05. Oct"}, "minutes", "K936"),
    Mistake("an error of the spreadsheet", {"deeper": "#REF!"}, "deeper", "K937"),
    Mistake("a formula", {"deeper": "=A1&B1"}, "deeper", "K938"),
    Mistake("the same words twice", {"text": "In a lighthouse, which kettle would you rescue?"}, "text", "K940"),
    Mistake("the same id twice", {"id": "taken-already"}, "id", "K201"),
    Mistake("an id with a number first", {"id": "7th-heaven"}, "id", "K105"),
    Mistake("an id of something else in the pack", {"id": "before-the-second-pot"}, "id", "K201"),
    Mistake("a prompt of the pack with other words", {"id": "oldest-spoon"}, "text", "K947"),
    Mistake("yes instead of words", {"solo": "yes"}, "solo", "K943"),
    Mistake("a lost letter", {"deeper": "Wo stand die TÃ¼r?"}, "deeper", "K944"),
    Mistake("a sign that turns text round", {"deeper": "Who \u202eknew?"}, "deeper", "K009"),
    Mistake("a sensitive topic at depth 1", {"topics": "money"}, "topics", "K110"),
    Mistake("nothing on how it lands", {"depth": 3}, "after", "K111"),
    Mistake("words without an end", {"text": "Which " + "very " * 70 + "old door?"}, "text", "K106"),
    Mistake("a story", {"kind": "story"}, "kind", "K941"),
    Mistake("a link with blanks in it", {"links": "the second cup"}, "links", "K105"),
    # These are written, and told at their rows: words that can be mended in the source.
    Mistake("two questions", {"text": "What broke first? And who swept it up?"}, "text", "K701"),
    Mistake("a link to nothing", {"links": "nowhere-at-all"}, "links", "K202"),
    # These are possible in one of the two kinds of files.
    Mistake("a real date", {"minutes": datetime(2026, 10, 5)}, "minutes", "K936", ".xlsx"),  # noqa: DTZ001 - sheets know no zone
    Mistake("a merged cell", {"skills": COVERED}, "skills", "K939", ".xlsx"),
    Mistake("a row that is too long", {"beyond": "and the stairs"}, "beyond", "K945", ".csv"),
)
#: What is told of rows that are written all the same.
WRITTEN = {"two questions", "a link to nothing"}


def good(number: int) -> dict[str, object]:
    """Return a row in which nothing is wrong; no two are alike."""
    words = (some[number * step % len(some)] for some, step in ((THINGS, 1), (DOINGS, 3), (PLACES, 5)))
    return {
        "text": FRAMES[number % len(FRAMES)].format(*words).capitalize(),
        "skills": ("listening; trust", "Conversation", "openness, empathy")[number % 3],
        "depth": (1, "1 - light", "light", 1.0)[number % 4],
        "minutes": (5, "5 min", 10.0, "10")[number % 4],
        "topics": "home",
        "mood": "Playful",
        "shape": ("question", "question", "task", "guess", "task")[number % 5],
        "comment": f"idea {number}",
    }


def sheet(suffix: str) -> tuple[list[list[object]], list[tuple[int, Mistake]]]:
    """Return 200 rows below their headings, and which mistake stands in which row of the file."""
    rows: list[list[object]] = [list(HEADINGS)]
    placed: list[tuple[int, Mistake]] = []
    kinds = [mistake for mistake in MISTAKES if mistake.only in ("", suffix)]
    for number in range(200):
        cells = good(number)
        if number == 1:
            cells["id"] = "taken-already"
        if number >= 10 and number % 5 == 0 and kinds:
            mistake = kinds.pop(0)
            cells |= mistake.cells
            placed.append((len(rows) + 1, mistake))
        beyond = [str(cells.pop("beyond"))] if "beyond" in cells else []
        rows.append([cells.get(name, "") for name in HEADINGS] + beyond)
    assert not kinds
    return rows, placed


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    """The little pack, in a folder of its own."""
    folder = Path(shutil.copytree(TEA, tmp_path / "tea"))
    build(folder)
    return folder


def told(imported: Imported) -> list[tuple[int, str, str]]:
    """Return row, column and code of each problem."""
    return [(one.where.line, letters(one.where.column - 1), one.code) for one in imported.problems]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_every_mistake_is_told_at_its_row_and_column_and_nothing_else_is(
    suffix: str, tea: Path, tmp_path: Path
) -> None:
    rows, placed = sheet(suffix)
    path = write(tmp_path / f"questions{suffix}", rows)
    imported = import_file(path, tea)
    expected = [(row, letters(_PLACE.get(one.column, len(HEADINGS))), one.code) for row, one in placed]
    assert told(imported) == expected
    assert len({mistake.what for _, mistake in placed}) >= 25
    kept = [row for row, mistake in placed if mistake.what in WRITTEN]
    assert [draft.row.number for draft in imported.left] == [row for row, _ in placed if row not in kept]
    assert len(imported.taken) + len(imported.left) == 200
    rest = spreadsheets.write(imported, path, tea)
    again = import_file(path, tea)
    assert (len(again.taken), len(again.there), told(again)) == (0, len(imported.taken), told_again(imported, kept))
    assert rest is not None
    assert_mended_rows_can_be_imported_by_themselves(rest, tea)


def told_again(imported: Imported, kept: list[int]) -> list[tuple[int, str, str]]:
    """What was written is not told a second time."""
    return [one for one in told(imported) if one[0] not in kept]


def assert_mended_rows_can_be_imported_by_themselves(rest: Path, tea: Path) -> None:
    left = import_file(rest, tea)
    assert not left.layout.problems
    assert len(left.left) == len(left.layout.rows)
    assert compile_pack(tea).readable is not None
