"""What stands in a folder, which problems belong to it, and how its words get onto a page."""

from pathlib import Path

import pytest
from markupsafe import Markup

from intimacy_kit.authoring.building import compile_pack
from intimacy_kit.authoring.preview.addresses import Filter
from intimacy_kit.authoring.preview.notes import Note, Notes, noted
from intimacy_kit.authoring.preview.prose import marked, paragraphs
from intimacy_kit.authoring.preview.reading import Piece, Reader, pieces_of
from intimacy_kit.authoring.preview.watching import Desk
from intimacy_kit.problems import Problem, Where


def read(folder: Path, reader: Reader | None = None) -> tuple[Piece, ...]:
    pack = compile_pack(folder).readable
    assert pack is not None
    return pieces_of(folder, reader or Reader(), pack)


def problem(file: str, line: int = 0, column: int = 0, pointer: str = "") -> Problem:
    return Problem(Where(file, line, column, pointer), "K710", "wrong")


def test_pieces_are_named_by_their_slugs_or_by_where_they_stand(folder: Path) -> None:
    said = "prompts:\n  - {id: first-cup, text: Again.}\n  - {id: Not A Slug}\n  - 7\n"
    (folder / "prompts/more.yaml").write_text(said, "utf-8")
    keys = [piece.key for piece in read(folder)]
    assert keys[:2] == ["first-cup", "last-cup"]
    assert keys[2:5] == [f"line-{line}-of-prompts/more.yaml" for line in (2, 3, 4)]
    assert keys[-1] == "why-tea"


def test_an_activity_and_a_journey_may_have_one_slug(folder: Path) -> None:
    file = folder / "journeys/ways.yaml"
    file.write_text(file.read_text("utf-8").replace("id: one-pot", "id: pour"), "utf-8")
    assert [piece.kind for piece in read(folder) if piece.key == "pour"] == ["exercise", "journey"]
    assert all(piece.value is not None for piece in read(folder))


def test_a_piece_that_cannot_be_read_has_the_name_that_can(folder: Path) -> None:
    said = "prompts: [{title: Titled}, {text: Said}, {id: 5}, {text: [no]}]\n"
    (folder / "prompts/more.yaml").write_text(said, "utf-8")
    titles = [piece.title for piece in read(folder) if piece.file == "prompts/more.yaml"]
    assert titles == ["Titled", "Said", "line-1-of-prompts/more.yaml", "line-1-of-prompts/more.yaml"]


def test_a_file_is_read_again_only_when_it_has_changed(folder: Path) -> None:
    reader = Reader()
    before = read(folder, reader)
    file = folder / "guides/why-tea.md"
    file.write_text(file.read_text("utf-8").replace("Why tea?", "Why not tea?"), "utf-8")
    after = read(folder, reader)
    assert [one.source is other.source for one, other in zip(before, after, strict=True)] == [True] * 9 + [False]
    assert str(after[-1].title) == "Why not tea?"


@pytest.mark.parametrize("broken", ["prompts: {a: b}\n", "- a\n", "prompts:\n  - [\n", ""])
def test_a_file_that_lists_nothing_holds_nothing(folder: Path, broken: str) -> None:
    (folder / "prompts/light.yaml").write_text(broken, "utf-8")
    (folder / "guides/why-tea.md").write_text(broken, "utf-8")
    assert {piece.file for piece in read(folder)} & {"prompts/light.yaml", "guides/why-tea.md"} == set()


def test_folders_that_are_links_and_hidden_files_are_not_read(folder: Path, tmp_path: Path) -> None:
    (folder / "prompts").rename(tmp_path / "elsewhere")
    (folder / "prompts").symlink_to(tmp_path / "elsewhere")
    (folder / "guides/.why-tea.md").write_text("---\nid: hidden\n---\n", "utf-8")
    (folder / "guides/folder.md").mkdir()
    assert {piece.key for piece in read(folder)} == {
        "pour",
        "rinse",
        "near",
        "week",
        "one-pot",
        "two-glasses",
        "why-tea",
    }


def test_a_file_that_goes_away_while_it_is_read_says_nothing(folder: Path) -> None:
    assert Reader().source(folder, "prompts/gone.yaml", lambda *_: pytest.fail("it was read")).document is None


# Problems


def test_a_problem_belongs_to_what_its_pointer_or_its_line_says(folder: Path) -> None:
    pieces = read(folder)
    light = "prompts/light.yaml"
    found, others = noted(
        pieces,
        [
            problem(light, 14, 5, "/prompts/1/text"),
            problem(light, 14, 13),
            problem(light, 16, 12),
            problem(light, 1, 1),
            problem(light, 1, 1, "/promts"),
            problem("guides/why-tea.md", 11, 3),
            problem("guides/why-tea.md", 3, 1, "/title"),
            problem("guides/why-tea.md"),
            problem("README.md", 1, 1),
        ],
    )
    by_key = {piece.key: [note.pointer for note in found.get(piece.place, [])] for piece in pieces}
    assert by_key["last-cup"] == ["/text", "/text", "/depth"]
    assert by_key["why-tea"] == ["/answer/1", "/title", ""]
    assert [one.where.line for one in others] == [1, 1, 1]
    assert {key for key, notes in by_key.items() if notes} == {"last-cup", "why-tea"}


def test_a_problem_without_a_place_in_a_list_belongs_to_the_file(folder: Path) -> None:
    assert noted(read(folder), [problem("prompts/light.yaml")])[1] != ()


def test_a_note_says_what_it_is_about() -> None:
    assert Note(problem("a", pointer=""), "/steps/0/each/the_one").about == "steps 1, each, the one"
    assert Note(problem("a"), "").about == ""


def test_each_note_is_given_out_once_where_it_belongs() -> None:
    first, second, third = (Note(problem("a"), pointer) for pointer in ("/text", "/steps/0/text", "/steps/0"))
    notes = Notes((first, second, third))
    assert notes.at("/steps") == ()
    assert notes.under("/steps/0/text") == (second,)
    assert notes.under("/steps/0") == (third,)
    assert notes.under("/step") == ()
    assert notes.rest == (first,)
    assert notes.at("/text") == (first,)
    assert notes.rest == ()


def test_the_desk_knows_whose_every_problem_is(folder: Path) -> None:
    (folder / "prompts/more.yaml").write_text("prompts: [{id: odd}]\n", "utf-8")
    look = Desk(folder).look
    assert {piece.key for one, piece in look.owners().items() if one.where.file == "prompts/more.yaml"} == {"odd"}


# Words


@pytest.mark.parametrize(
    ("words", "wrong", "shown"),
    [
        ("plain & <b>", [], ["plain &amp; &lt;b&gt;"]),
        ("*one* and **two**", [], ["<em>one</em> and <strong>two</strong>"]),
        ("2 * 3 * 4 and *", [], ["2 * 3 * 4 and *"]),
        ("one\n\ntwo\n \n three", [], ["one", "two", "three"]),
        ("one *two three*", ["one *two"], ["<mark>one </mark><em><mark>two</mark> three</em>"]),
        ("say *it*", ["it", "say", "absent", ""], ["<mark>say</mark> <em><mark>it</mark></em>"]),
        ("one two three", ["one two", "two three"], ["<mark>one </mark><mark>two</mark><mark> three</mark>"]),
        ("a <b>", ["<b>"], ["a <mark>&lt;b&gt;</mark>"]),
        ("the end\n\nthe end", ["end"], ["the <mark>end</mark>", "the end"]),
    ],
)
def test_words_keep_their_emphasis_and_nothing_else(words: str, wrong: list[str], shown: list[str]) -> None:
    assert [*paragraphs(words, wrong)] == [*map(Markup, shown)]


def test_a_line_is_marked_where_it_is_wrong() -> None:
    assert marked("  a: *b* <c>", [(5, 8)]) == Markup("  a: <mark>*b*</mark> &lt;c&gt;")
    assert marked("abc", []) == Markup("abc")


def test_translated_titles_are_found_too(folder: Path) -> None:
    piece = read(folder)[0]
    assert Filter.of({"q": "first-cup sugar"}).fits(piece, 0) is False
    assert Filter.of({"q": "first-cup DISLIKE"}).fits(piece, 0) is True
    assert Filter.of({"problems": "1"}).fits(piece, 0) is False
    assert Filter.of({"problems": "1", "topic": "home", "minutes": "5"}).fits(piece, 2) is True
    assert Filter.of({"problems": "1", "q": "x"}).query == {"q": "x", "problems": "1"}
