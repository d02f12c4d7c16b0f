"""YAML as a writer means it: words stay words, nothing is dropped, and whatever is wrong has a place and a hint."""

import os
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intimacy_kit.authoring.sources import Source
from intimacy_kit.authoring.yaml_sources import parse_yaml, read_text, read_yaml
from intimacy_kit.loading.preflight import CONTENT
from intimacy_kit.problems import Problem, Where

FOUNDATIONS = Path(__file__).parents[2] / "packs" / "foundations"


def problems_of(text: str) -> list[str]:
    return [str(problem) for problem in parse_yaml(text, "a.yaml").problems]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("2020-01-01", "2020-01-01"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("=", "="),
        ("<<", "<<"),
        ("True", "True"),
        ("1234567890123456", "1234567890123456"),
        ("١٢", "١٢"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-7", -7),
        ("+7", 7),
        ("012", 12),
        ("1.10", 1.1),
        ("-.5", -0.5),
        ("2.5e3", 2500.0),
        ("'12'", "12"),
        ('"no"', "no"),
        ("'~'", "~"),
        ("''", ""),
        ("' tea '", "tea"),
        ("'it''s'", "it's"),
        (r'"caf\u00e9"', "café"),
        (">-\n  two\n  lines\n", "two lines"),
        ("|\n  two\n  lines\n", "two\nlines"),
        ("[a, 1, no]", ["a", 1, "no"]),
        ("{a: {b: [~]}}", {"a": {"b": [None]}}),
    ],
)
def test_a_value_is_what_yaml_1_2_and_a_writer_mean(written: str, meant: object) -> None:
    source = parse_yaml(f"value: {written}", "a.yaml")
    assert (source.document, source.problems) == ({"value": meant}, ())
    assert type(source.document["value"]) is type(meant)  # type: ignore[index]


def test_the_names_of_fields_are_words_whatever_they_look_like() -> None:
    assert parse_yaml("no: 1\n12: 2\n~: 3\n<<: 4\n", "a.yaml").document == {"no": 1, "12": 2, "~": 3, "<<": 4}


def test_every_value_and_every_name_of_a_field_has_its_place() -> None:
    source = parse_yaml(
        "prompts:\n  - id: tea\n    skills: [a,\n      b]\n    text: >-\n      x\n    and/or:\n", "a.yaml"
    )
    assert source.places == {
        "": (1, 1),
        "/prompts": (2, 3),
        "/prompts/0": (2, 5),
        "/prompts/0/id": (2, 9),
        "/prompts/0/skills": (3, 13),
        "/prompts/0/skills/0": (3, 14),
        "/prompts/0/skills/1": (4, 7),
        "/prompts/0/text": (5, 11),
        "/prompts/0/and~1or": (7, 5),
    }
    assert source.keys == {
        "/prompts": (1, 1),
        "/prompts/0/id": (2, 5),
        "/prompts/0/skills": (3, 5),
        "/prompts/0/text": (5, 5),
        "/prompts/0/and~1or": (7, 5),
    }


def test_a_value_that_is_not_there_stands_at_the_end_of_its_line() -> None:
    assert parse_yaml("-\n- b\n", "a.yaml").places == {"": (1, 1), "/0": (1, 2), "/1": (2, 3)}


def test_what_has_no_place_of_its_own_stands_where_the_value_around_it_stands() -> None:
    source = parse_yaml("steps:\n  - text: x\n", "a.yaml")
    assert source.where("/steps/0/seconds/unit") == Where("a.yaml", 2, 5, "/steps/0/seconds/unit")
    assert Source("a.yaml", None).where("/steps") == Where("a.yaml", 1, 1, "/steps")


def test_an_unknown_field_is_underlined_at_its_name_and_a_wrong_value_at_its_value() -> None:
    source = parse_yaml("a: 1\ntxt:   x\n", "a.yaml")
    unknown, wrong = Problem(Where(pointer="/txt"), "K102", "unknown"), Problem(Where(pointer="/txt"), "K103", "wrong")
    assert (source.placed(unknown).where.column, source.placed(wrong).where.column) == (1, 8)


def test_the_head_of_a_story_knows_on_which_line_of_the_file_it_begins() -> None:
    assert parse_yaml("a: 1\nb: 2", "a.md", first_line=2).where("/b") == Where("a.md", 3, 4, "/b")


def test_only_a_line_feed_ends_a_line_as_in_every_editor() -> None:
    (problem,) = problems_of("a: 'x\u2028y'\nb: no: no")
    assert problem.startswith("a.yaml:2:6: K401 there is a second ': ' in this line")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2\n", "2:1: K004 the field 'a' stands twice (keep one of them)"),
        ("a: &x 1\nb: *x\n", "1:4: K403 anchors and aliases are not used here (write the text out; if it is a text"),
        ("a: *x and more\n", "1:4: K403 anchors and aliases are not used here"),
        ("a: *Say* it back.\n", "1:4: K401 a text cannot begin like this (put quotes around it)"),
        ("a: !python/object:os.system x\n", "1:4: K403 tags are not used here (take it out; if it is a text that"),
        ("a: !!str 12\n", "1:4: K403 tags are not used here"),
        ("a: Listen: tea\n", "1:10: K401 there is a second ': ' in this line (a text that holds ': ' needs quotes"),
        ("a:\n\tb: 1\n", "2:1: K401 here stands a tab (write blanks in its place)"),
        ("a: @home\n", "1:4: K401 a text cannot begin like this"),
        (
            "- a\nb: c\n",
            "2:1: K401 this line does not fit those above it (check that it is indented like its neighbours)",
        ),
        ("a: 1\nb\n", "2:1: K401 there is no ': ' here (a field is written as 'name: text', with a blank in it)"),
        ("a: it\nb: 'it\n", "2:4: K401 a quote is opened here and not closed (close it; inside single quotes"),
        ("a: 1\nb: [1,\n 2\n", "2:4: K401 a bracket is not closed (close it, or write the list in lines that begin"),
        ("---\na: 1\n---\nb: 2\n", "3:1: K401 there is a second line of --- (one file is one document; take the line"),
        ("a: }\n", "1:4: K401 a value is missing here (put a text that begins like this in quotes)"),
        (
            "a: - b\n",
            "1:4: K401 a list cannot begin here (begin it in a new line; a text that begins with - needs quotes)",
        ),
        ('a: "\\q"\n', "1:6: K401 found unknown escape character 'q' (in double quotes a \\ is written twice)"),
        ("%YAML 2.0\n---\na: 1\n", "1:1: K401 found incompatible YAML document"),
        ('a: "\\UFFFFFFFF"\n', "1:7: K401 a number here is too large (an escape such as \\u00e9 names a character"),
        (f"%YAML {'9' * 5000}.1\n---\na: 1\n", "1:7: K401 a number here is too large"),
        ("{[a]: b}\n", "1:2: K401 the name of a field must be a word"),
        ("a: x\nb: y\x07z\n", "2:5: K009 the file holds the character U+0007 (a control character) (take it out)"),
        ("a: x\x00\n", "1:5: K009 the file holds the character U+0000"),
        (
            "a: te\u200ba\n",
            "1:6: K009 a text holds the character U+200B (zero width space), which cannot be seen (take it out)",
        ),
        ("a: [x, y\u202ez]\n", "1:9: K009 a text holds the character U+202E"),
        ('a: "\\ud800"\n', "1:4: K009 a text holds the character U+D800"),
        ('a: "x\\ty"\n', "1:4: K009 a text holds the character U+0009"),
        ("[" * 25, "1:25: K006 values stand inside each other more than 24 deep"),
        ("- " * 25, "1:49: K006 values stand inside each other more than 24 deep"),
    ],
)
def test_what_cannot_be_used_is_said_in_plain_words_at_its_place(text: str, said: str) -> None:
    problems = problems_of(text)
    assert len(problems) == 1
    assert problems[0].startswith(f"a.yaml:{said}")


def test_of_what_is_nested_twenty_four_deep_nothing_is_lost() -> None:
    assert parse_yaml("[" * 24 + "]" * 24, "a.yaml").problems == ()


def test_several_problems_are_told_at_once() -> None:
    assert problems_of("a: x\u200by\na: 1\n[b]: 2\n") == [
        "a.yaml:1:5: K009 a text holds the character U+200B (zero width space), which cannot be seen (take it out)",
        "a.yaml:2:1: K004 the field 'a' stands twice (keep one of them)",
        "a.yaml:3:1: K401 the name of a field must be a word (a field is written as 'name: text')",
    ]


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        "[" * 20_000,
        "- " * 20_000,
        "{a: " * 20_000,
        "? " * 20_000,
    ],
    ids=["billion laughs", "brackets", "dashes", "braces", "question marks"],
)
def test_a_bomb_is_refused_before_anything_is_built_of_it(bomb: str) -> None:
    began = process_time()
    (problem,) = parse_yaml(bomb, "a.yaml").problems
    assert problem.code in {"K403", "K006", "K401"}
    assert process_time() - began < 5


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n", "---\n", "~\n"])
def test_a_file_that_says_nothing_gives_nothing_and_no_problem_yet(text: str) -> None:
    assert (parse_yaml(text, "a.yaml").document, problems_of(text)) == (None, [])


def test_a_byte_order_mark_and_line_ends_of_any_system_make_no_difference(tmp_path: Path) -> None:
    for name, data in {"unix": b"a: 1\nb: x\n", "dos": b"\xef\xbb\xbfa: 1\r\nb: x\r\n", "mac": b"a: 1\rb: x\r"}.items():
        (tmp_path / name).write_bytes(data)
    unix, dos, mac = (read_yaml(tmp_path, name) for name in ("unix", "dos", "mac"))
    assert unix.document == dos.document == mac.document == {"a": 1, "b": "x"}
    assert unix.places == dos.places == mac.places == {"": (1, 1), "/a": (1, 4), "/b": (2, 4)}


def test_bytes_that_are_no_utf_8_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("a: 1\nb: café\n".encode("latin-1"))
    assert read_yaml(tmp_path, "a.yaml").problems == (
        Problem(
            Where("a.yaml", 2, 7), "K001", "the file is not UTF-8", "save it again, and choose UTF-8 as its encoding"
        ),
    )


def test_a_file_that_is_gone_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    said = f"the file cannot be read: {os.strerror(2).lower()}"
    assert read_text(tmp_path, "a.yaml") == (
        "",
        (Problem(Where("a.yaml"), "K411", said, "see who may open it, or copy it into the folder again"),),
    )


def test_a_file_that_is_far_too_large_is_not_parsed(tmp_path: Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(CONTENT.size + 1)
    assert read_text(tmp_path, "a.yaml")[1][0].code == "K005"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text("a: 1\n", "utf-8")
    try:
        (tmp_path / "a.yaml").symlink_to("elsewhere.yaml")
    except OSError:
        pytest.skip("no links here")
    assert [str(problem) for problem in read_yaml(tmp_path, "a.yaml").problems] == [
        "a.yaml: K305 the file is a link (put a copy of the file in its place)"
    ]


REAL = [path.read_text("utf-8") for path in sorted(FOUNDATIONS.glob("*/*.yaml"))]


@st.composite
def mutated_files(draw: st.DrawFn) -> str:
    """Draw part of a real file with something put in, taken out or written twice."""
    text = draw(st.sampled_from(REAL))
    start = draw(st.integers(0, len(text) - 1))
    text = text[start : start + draw(st.integers(1, 1500))]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        put = draw(
            st.sampled_from(
                ["\t", ": ", "- ", "'", '"', "[", "}", "&a ", "*a", "!", "\u200b", "\0", "\n", "  ", "|", "%"]
            )
        )
        text = text[:at] + put + text[at + draw(st.integers(0, 20)) :]
    return text


@given(st.text() | st.text(st.sampled_from("ab01:-[]{}&*!|>'\"%@`#?,\\uUx \t\n\r\0\u2028\ufeff")) | mutated_files())
@example('"\\UFFFFFFFF"')
@example("%YAML " + "9" * 5000 + ".1\n---")
@example("? ? ? ?")
@example("\ufeff\ufeff")
def test_any_text_gives_a_document_or_problems_with_places_and_never_an_exception(text: str) -> None:
    source = parse_yaml(text, "a.yaml")
    lines = text.split("\n")
    for problem in source.problems:
        assert 1 <= problem.where.line <= len(lines)
        assert 1 <= problem.where.column <= len(lines[problem.where.line - 1]) + 2
    for line, column in (*source.places.values(), *source.keys.values()):
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


@given(st.binary(max_size=200))
def test_any_bytes_give_a_source_and_never_an_exception(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    (folder / "a.yaml").write_bytes(data)
    assert read_yaml(folder, "a.yaml").file == "a.yaml"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("text: > Which tea?\n", "1:9: K401 behind a > or a | nothing else can stand (begin the text in a new line)"),
        ("text: ? Which\n", "1:7: K401 a text cannot begin like this (put quotes around it)"),
        (
            'text: "What" is tea?\n',
            "1:14: K401 the text has ended before this (put quotes around the whole text, of the",
        ),
        ("text: 'Don't stop'\n", "1:12: K401 the text has ended before this"),
        (
            "a: [x\nb: 1\n",
            "1:4: K401 a bracket is opened here and not closed in this line (close it, or write the list",
        ),
        ("x:\n  a: 1\n\u00a0 b: 2\n  c: 3\n", "3:1: K401 this blank is not the one that indents a line (write it anew"),
        ("text: Which song # 1 is it?\n", "1:18: K401 from the # on, this is left out (put quotes around the text; a"),
    ],
)
def test_what_writers_stumble_over_is_told_where_it_is_mended(text: str, said: str) -> None:
    (problem,) = problems_of(text)
    assert problem.startswith(f"a.yaml:{said}")


@pytest.mark.parametrize(
    "text", ["depth: 1 # light\n", "skill: trust # main\n", "# a note\na: b c\n", 'a: "b #1" # c\n']
)
def test_a_note_that_takes_nothing_away_is_no_problem(text: str) -> None:
    assert problems_of(text) == []


@pytest.mark.parametrize(("text", "part"), [("a: te\u200ba\n", "\u200b"), ('a: "te\\u200ba"\n', "")])
def test_a_hidden_character_is_meant_itself_where_it_stands_in_the_file(text: str, part: str) -> None:
    (problem,) = parse_yaml(text, "a.yaml").problems
    assert problem.part == part
