"""Stories and guides: a head, and prose in a small part of Markdown; whatever is not in that part is said, not lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intimacy_kit.authoring.markdown_sources import read_guide, read_story
from intimacy_kit.authoring.sources import Source
from intimacy_kit.problems import Problem, Where

FOUNDATIONS = Path(__file__).parents[2] / "packs" / "foundations"

Reader = Callable[[Path, str], Source]


@pytest.fixture
def guide(tmp_path: Path) -> Callable[[str], Source]:
    """Read a guide of a little head and this text, which begins on line 4."""
    return lambda body: _read(read_guide, tmp_path, f"---\nid: tea\n---\n{body}")


@pytest.fixture
def story(tmp_path: Path) -> Callable[[str], Source]:
    """Read a story of a little head and this text, which begins on line 4."""
    return lambda body: _read(read_story, tmp_path, f"---\nid: tea\n---\n{body}")


def _read(read: Reader, folder: Path, text: str) -> Source:
    (folder / "a.md").write_bytes(text.encode("utf-8"))
    return read(folder, "a.md")


def said(source: Source) -> list[str]:
    return [str(problem) for problem in source.problems]


HINT = "the file begins with a line of ---, the fields, and another line of ---"


@pytest.mark.parametrize("read", [read_guide, read_story])
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem(Where("a.md", 1, 1), "K404", "there is no head", HINT)),
        ("Just text.\n\n---\n---\n", Problem(Where("a.md", 1, 1), "K404", "there is no head", HINT)),
        ("---\nid: tea\n\nText.\n", Problem(Where("a.md", 1, 1), "K404", "the head is not closed", HINT)),
        ("---\n---\nText.\n", Problem(Where("a.md", 1, 1), "K404", "the head is empty", "it needs an id")),
        (
            "---\nid: a\nid: b\n---\n",
            Problem(Where("a.md", 3, 1), "K004", "the field 'id' stands twice", "keep one of them", "id"),
        ),
        (
            "---\nid: @a\n---\n",
            Problem(
                Where("a.md", 2, 5),
                "K401",
                "a text cannot begin like this",
                "put quotes around it",
            ),
        ),
    ],
)
def test_what_is_wrong_with_the_head_is_told_with_its_line_in_the_file(
    tmp_path: Path, read: Reader, text: str, problem: Problem
) -> None:
    assert _read(read, tmp_path, text).problems == (problem,)


@pytest.mark.parametrize("read", [read_guide, read_story])
def test_a_head_that_is_a_list_is_left_to_the_schema_and_the_text_is_not_read(tmp_path: Path, read: Reader) -> None:
    source = _read(read, tmp_path, "---\n- a\n---\n# Text\n")
    assert (source.document, source.problems) == (["a"], ())


@pytest.mark.parametrize("read", [read_guide, read_story])
def test_bytes_that_are_no_utf_8_are_told(tmp_path: Path, read: Reader) -> None:
    (tmp_path / "a.md").write_bytes(b"---\nid: caf\xe9\n---\n")
    assert said(read(tmp_path, "a.md")) == [
        "a.md:2:8: K001 the file is not UTF-8 (save it again, and choose UTF-8 as its encoding)"
    ]


def test_a_guide_is_its_paragraphs_each_on_its_line(guide: Callable[[str], Source]) -> None:
    source = guide("Less than\nyou *fear*.\n\n\n**Really**, a_b & 2 < 3.\n")
    assert source.document == {"id": "tea", "answer": ["Less than you *fear*.", "**Really**, a_b & 2 < 3."]}
    assert source.places == {"": (2, 1), "/id": (2, 5), "/answer/0": (4, 1), "/answer/1": (8, 1)}
    assert source.problems == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("_this_ and __that__", "*this* and **that**"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        (r"1\. not a list", "1. not a list"),
        ("I <3 you", "I <3 you"),
        ("half-\n  way", "half- way"),
        ("~~no~~ `", "~~no~~ `"),
        ("2026-11-23", "2026-11-23"),
    ],
)
def test_a_paragraph_says_what_its_writer_sees(guide: Callable[[str], Source], written: str, meant: str) -> None:
    source = guide(written)
    assert (source.document, source.problems) == ({"id": "tea", "answer": [meant]}, ())


ONLY = "(write it as a paragraph)"
WORDS = "(it holds words, *emphasis* and **strong** words)"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("# Big\n", f"4:1: K405 a guide holds paragraphs only, this is a heading of level 1 {ONLY}"),
        ("## small\n", f"4:1: K405 a guide holds paragraphs only, this is a heading {ONLY}"),
        ("Text\n====\n", f"4:1: K405 a guide holds paragraphs only, this is a line under a text {ONLY}"),
        ("Text\n----\n", f"4:1: K405 a guide holds paragraphs only, this is a line under a text {ONLY}"),
        ("Text.\n\n- a\n- b\n", f"6:1: K405 a guide holds paragraphs only, this is a list {ONLY}"),
        ("1. a\n", f"4:1: K405 a guide holds paragraphs only, this is a numbered list {ONLY}"),
        ("> a\n", f"4:1: K405 a guide holds paragraphs only, this is a quotation {ONLY}"),
        ("***\n", f"4:1: K405 a guide holds paragraphs only, this is a ruled line {ONLY}"),
        ("```\nx\n```\n", f"4:1: K405 a guide holds paragraphs only, this is a code block {ONLY}"),
        (
            "    x\n",
            f"4:1: K405 a guide holds paragraphs only, this is a code block (lines indented by four blanks) {ONLY}",
        ),
        ("<div>\nx\n</div>\n", f"4:1: K405 a guide holds paragraphs only, this is a piece of HTML {ONLY}"),
        ("<!-- note to self -->\n", f"4:1: K405 a guide holds paragraphs only, this is a piece of HTML {ONLY}"),
        ("|a|b|\n|-|-|\n|1|2|\n", f"4:1: K405 a guide holds paragraphs only, this is a table {ONLY}"),
        ("x <b>y</b>\n", f"4:3: K405 a paragraph cannot hold this: HTML {WORDS}"),
        ("x `y`\n", f"4:3: K405 a paragraph cannot hold this: code {WORDS}"),
        ("x [y](#z)\n", f"4:3: K405 a paragraph cannot hold this: link {WORDS}"),
        ("<https://example.org>\n", f"4:1: K405 a paragraph cannot hold this: link {WORDS}"),
        ("![y](z.png)\n", f"4:1: K405 a paragraph cannot hold this: image {WORDS}"),
        (
            "x  \ny\n",
            f"4:1: K405 a paragraph cannot hold this: line break (two blanks, or a \\, at the end of a line) {WORDS}",
        ),
        ("*a **b** c*\n", f"4:1: K405 a paragraph cannot hold this: emphasis inside emphasis {WORDS}"),
        ("**a *b* c**\n", f"4:1: K405 a paragraph cannot hold this: emphasis inside emphasis {WORDS}"),
        ("2 * 3\n", "4:3: K405 a * can only stand around a word (for *emphasis*; write another sign instead)"),
        ("\\*x\\*\n", "4:1: K405 a * can only stand around a word (for *emphasis*; write another sign instead)"),
        (
            "Text.\n\n[a]: https://example.org\n",
            "6:1: K405 this defines a link and is shown nowhere (write choices as - [Let go of the lace](#lace))",
        ),
        (
            "Text.\n\nte\u200ba\n",
            "6:3: K009 a text holds the character U+200B (zero width space), which cannot be seen (take it out)",
        ),
        (
            "a\0b\n",
            "4:2: K009 a text holds the character U+0000 (a control character), which cannot be seen (take it out)",
        ),
        ("a\tb\n", "4:2: K009 a text holds the character U+0009 (tab), which cannot be seen (take it out)"),
    ],
)
def test_what_a_guide_cannot_hold_is_said_at_its_line(guide: Callable[[str], Source], body: str, problem: str) -> None:
    assert said(guide(body))[:1] == [f"a.md:{problem}"]


def test_one_strange_block_is_one_problem_and_the_rest_is_read(guide: Callable[[str], Source]) -> None:
    source = guide("One.\n\n> - a\n>\n>   b\n\nTwo.\n")
    assert len(source.problems) == 1
    assert source.document == {"id": "tea", "answer": ["One.", "Two."]}


STORY = """## shoe

The left one *first*.

Always.

- [Finish the bow](#bow)
- [Let go of
  the &quot;lace&quot;](#lace)

## bow

Done.

## lace

Done, too.
"""


def test_a_story_is_its_scenes_each_thing_on_its_line(story: Callable[[str], Source]) -> None:
    source = story(STORY)
    assert source.document == {
        "id": "tea",
        "scenes": [
            {
                "id": "shoe",
                "paragraphs": ["The left one *first*.", "Always."],
                "choices": [{"text": "Finish the bow", "to": "bow"}, {"text": 'Let go of the "lace"', "to": "lace"}],
            },
            {"id": "bow", "paragraphs": ["Done."]},
            {"id": "lace", "paragraphs": ["Done, too."]},
        ],
    }
    assert source.problems == ()
    assert {pointer: place for pointer, place in source.places.items() if pointer.startswith("/scenes")} == {
        "/scenes/0": (4, 1),
        "/scenes/0/id": (4, 4),
        "/scenes/0/choices": (4, 4),
        "/scenes/0/paragraphs/0": (6, 1),
        "/scenes/0/paragraphs/1": (8, 1),
        "/scenes/0/choices/0": (10, 1),
        "/scenes/0/choices/0/to": (10, 21),
        "/scenes/0/choices/1": (11, 1),
        "/scenes/0/choices/1/to": (12, 26),
        "/scenes/1": (14, 1),
        "/scenes/1/id": (14, 4),
        "/scenes/1/choices": (14, 4),
        "/scenes/1/paragraphs/0": (16, 1),
        "/scenes/2": (18, 1),
        "/scenes/2/id": (18, 4),
        "/scenes/2/choices": (18, 4),
        "/scenes/2/paragraphs/0": (20, 1),
    }


def test_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path: Path) -> None:
    text = f"---\nid: tea\n---\n{STORY}"
    (tmp_path / "unix.md").write_bytes(text.encode())
    (tmp_path / "dos.md").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    unix, dos = read_story(tmp_path, "unix.md"), read_story(tmp_path, "dos.md")
    assert (unix.document, unix.places) == (dos.document, dos.places)


SCENE = "(a scene is a '## name', paragraphs, and a list of choices at its end)"
BELOW = "(the choices end a scene: put this above them, or begin a new one with '## name')"
CHOICE = "K405 a choice is one link to a scene (such as - [Let go of the lace](#lace))"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("Text.\n\n## a\n", "4:1: K405 the text begins without a scene (put '## beginning' above it)"),
        ("- [x](#y)\n", "4:1: K405 the text begins without a scene (put '## beginning' above it)"),
        ("# a\n", "4:1: K405 a scene begins with two #, and this is a heading of level 1 (write '## a')"),
        ("## a\n\n### b\n", "6:1: K405 a scene begins with two #, and this is a heading of level 3 (write '## b')"),
        ("## a\n\nb\n---\n", f"6:1: K405 in a story this line under a text cannot stand here {SCENE}"),
        ("## a\n\n- [b](#c)\n\nText.\n", f"8:1: K405 this paragraph stands below the choices {BELOW}"),
        ("## a\n\n1. [b](#c)\n", f"6:1: K405 in a story this numbered list cannot stand here {SCENE}"),
        ("## a\n\n> b\n", f"6:1: K405 in a story this quotation cannot stand here {SCENE}"),
        ("## a\n\n- b\n", f"6:1: {CHOICE}"),
        ("## a\n\n-\n", f"6:1: {CHOICE}"),
        ("## a\n\n- [b](#c) and [d](#e)\n", f"6:1: {CHOICE}"),
        ("## a\n\n- [b](#c)\n  - [d](#e)\n", f"6:1: {CHOICE}"),
        ("## a\n\n- [b](#c)\n\n  More.\n", f"6:1: {CHOICE}"),
        ("## a\n\n- ## b\n", f"6:1: {CHOICE}"),
        ("## a\n\n- [b](c)\n", f"6:1: {CHOICE}"),
        ("## a\n\n- [b](https://example.org/#c)\n", f"6:1: {CHOICE}"),
        ('## a\n\n- [b](#c "d")\n', f"6:1: {CHOICE}"),
        ("## a\n\n- [b](javascript:c)\n", f"6:1: {CHOICE}"),
        ("## a\n\n- [![b](c.png)](#d)\n", f"6:4: K405 a paragraph cannot hold this: image {WORDS}"),
        ("## a\n\nx `y`\n", f"6:3: K405 a paragraph cannot hold this: code {WORDS}"),
        (
            "## a\n\n- [b\u202ec](#d)\n",
            "6:5: K009 a text holds the character U+202E (right-to-left override), which cannot be seen (take it out)",
        ),
    ],
)
def test_what_a_story_cannot_hold_is_said_at_its_line(story: Callable[[str], Source], body: str, problem: str) -> None:
    assert said(story(body)) == [f"a.md:{problem}"]


@pytest.mark.parametrize(("read", "field"), [(read_guide, "answer"), (read_story, "scenes")])
def test_prose_never_stands_in_the_head(tmp_path: Path, read: Reader, field: str) -> None:
    source = _read(read, tmp_path, f"---\nid: tea\n{field}:\n  - x\n---\n")
    hint = "in a story or a guide, write it as text below the head"
    assert source.problems == (
        Problem(Where("a.md", 4, 3, f"/{field}"), "K113", f"'{field}' does not belong here", hint),
    )


REAL = [path.read_text("utf-8") for path in sorted(FOUNDATIONS.glob("*/*.md"))]
PIECES = [
    "## ",
    "# ",
    "- ",
    "[a](#b)",
    "*",
    "**",
    "_",
    "`",
    "<b>",
    "&#0;",
    "\n\n",
    "    ",
    "> ",
    "1. ",
    "|-|",
    "\\",
    "---\n",
]


@st.composite
def mutated_files(draw: st.DrawFn) -> str:
    """Draw a real file with something put in or taken out, a few times."""
    text = draw(st.sampled_from(REAL))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + draw(st.integers(0, 10)) :]
    return text


@given(
    st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=3)).map("".join) | mutated_files(), st.booleans()
)
@example("- [![](#)](#)", False)
@example("[a]: b\n\n[a]", True)
def test_any_text_below_a_head_gives_a_source_and_never_an_exception(
    tmp_path_factory: pytest.TempPathFactory, body: str, headless: bool
) -> None:
    folder = tmp_path_factory.mktemp("prose")
    text = body if headless else f"---\nid: tea\n---\n{body}"
    (folder / "a.md").write_text(text, "utf-8", newline="")
    lines = text.count("\n") + text.count("\r") + 1
    for source in (read_guide(folder, "a.md"), read_story(folder, "a.md")):
        assert all(0 <= problem.where.line <= lines for problem in source.problems)
        assert all(1 <= line <= lines for line, _ in source.places.values())


def test_a_scene_without_its_blank_is_one_problem_and_a_scene_all_the_same(story: Callable[[str], Source]) -> None:
    source = story("##shoe\n\nThe left one.\n\n# bow\n\nDone.\n")
    assert said(source) == [
        "a.md:4:1: K405 a scene begins with '## ' and its name (write '## shoe', with a blank in it)",
        "a.md:8:1: K405 a scene begins with two #, and this is a heading of level 1 (write '## bow')",
    ]
    assert isinstance(source.document, dict)
    assert [scene["id"] for scene in source.document["scenes"]] == ["shoe", "bow"]


@pytest.mark.parametrize("read", [read_guide, read_story])
def test_an_empty_line_above_the_head_is_told_as_such(read: Reader, tmp_path: Path) -> None:
    (problem,) = _read(read, tmp_path, "\n\n---\nid: a\n---\nText.\n").problems
    assert (problem.code, problem.message) == ("K404", "above the head stands an empty line")
    assert problem.hint == "let the file begin with line 3"


@pytest.mark.parametrize("written", ["`tea`", "<b>", "[tea](#x)", "![tea](x.png)"])
def test_what_a_paragraph_cannot_hold_is_underlined(guide: Callable[[str], Source], written: str) -> None:
    problem = guide(f"One line.\nAnother with {written} in it.\n").problems[0]
    assert (problem.where.line, problem.where.column) == (5, 14)
    assert problem.part
    assert written.startswith(problem.part)


def test_where_a_choice_leads_is_its_line_where_the_letters_are_written_otherwise(
    story: Callable[[str], Source],
) -> None:
    source = story("## a\n\n- [Go on](#\u00e9t\u00e9)\n")
    assert source.places["/scenes/0/choices/0/to"] == (6, 1)
