"""What is mended by itself: each slip is, nothing else changes, and what does harm is taken back byte for byte."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from code_pages import TEA
from hypothesis import given, settings
from hypothesis import strategies as st

from intimacy_kit.authoring import fixing
from intimacy_kit.authoring.building import build
from intimacy_kit.authoring.checking import Checked, check
from intimacy_kit.authoring.diagnostics.snippets import Snippet
from intimacy_kit.authoring.fixing import FIXED, fix
from intimacy_kit.authoring.mending import MENDED
from intimacy_kit.authoring.yaml_sources import parse_yaml
from intimacy_kit.cli.commands import cli
from intimacy_kit.content.packs import Pack
from intimacy_kit.errors import KitError
from intimacy_kit.problems import Problem, Where

LIGHT, TABLE, PROJECT = "prompts/light.yaml", "exercises/table.yaml", "pyproject.toml"
SPOON = "Which spoon in this kitchen would you save from a flood?"
DEPENDENCIES = 'dependencies = ["intimacy-kit>=0.1"]'


#: A translation that knows one text, with its two blanks.
GERMAN = """msgid ""
msgstr ""
"Language: de\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "oldest-spoon/text"
msgid "Which spoon in this kitchen would you save  from a flood?"
msgstr "Welchen L\u00f6ffel aus dieser K\u00fcche w\u00fcrdet ihr vor einer Flut retten?"
"""


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    root = Path(shutil.copytree(TEA, tmp_path / "tea"))
    build(root)
    return root


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(root: Path, file: str, before: str, after: str) -> None:
    data = (root / file).read_bytes()
    assert data.count(before.encode()) == 1, before
    (root / file).write_bytes(data.replace(before.encode(), after.encode()))


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


#: A code, the file, what is right in it, and how it is wrong; mended, it is as it was.
SLIPS = {
    "a letter that cannot be seen": ("K009", LIGHT, "this kitchen", "this\u200b kitch\u200ben"),
    "an end of a line that is none": ("K009", LIGHT, "this kitchen", "this\x0bkitchen"),
    "a bell": ("K009", LIGHT, "this kitchen", "this \x07kitchen"),
    "yes for true": ("K103", TABLE, "in_turns: true", "in_turns: yes"),
    "yes in quotes": ("K103", TABLE, "in_turns: true", 'in_turns: "yes"  '),
    "no list, one word": ("K103", LIGHT, "[empathy]", "empathy"),
    "no list, two words": ("K103", LIGHT, "[conversation, listening]", "conversation, listening"),
    "another version": ("K412", PROJECT, 'version = "1.0.0"', 'version = "0.9"'),
    "many marks": ("K750", LIGHT, "from a flood?", "from a flood???"),
    "a word twice": ("K751", LIGHT, "from a flood", "from a a flood"),
    "two blanks": ("K757", LIGHT, "save from", "save  from"),
    "a blank before a mark": ("K757", LIGHT, "a flood?", "a flood ?"),
    "a small letter": ("K759", LIGHT, "Which spoon", "which spoon"),
    "a title with a full stop": ("K760", TABLE, "title: Pour and listen", "title: Pour and listen."),
    "no readme named": ("K901", PROJECT, 'readme = "README.md"', 'readme = ""'),
    "another licence": ("K903", PROJECT, '"CC-BY-4.0"', '"MIT"'),
    "a licence in small letters": ("K904", "intimacy-pack.yaml", "CC-BY-4.0", "cc-by-4.0"),
    "another name": ("K905", PROJECT, '"intimacy-pack-tea"', "'tea-pot'"),
    "no dependency": ("K906", PROJECT, DEPENDENCIES, "dependencies = [\n]"),
    "an older kit": ("K907", PROJECT, "kit>=0.1", "kit>=0.0.1"),
    "no later kit": ("K908", PROJECT, "kit>=0.1", "kit~=0.1"),
    "no keyword": ("K916", PROJECT, 'keywords = ["intimacy-kit-pack"]', "keywords = []"),
    "one dependency, no list": ("K918", PROJECT, DEPENDENCIES, 'dependencies = "intimacy-kit>=0.1"'),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_mended_and_the_files_are_as_they_were(slip: str, tea: Path) -> None:
    code, file, right, wrong = SLIPS[slip]
    before = snapshot(tea)
    edit(tea, file, right, wrong)
    fixed = fix(tea)
    assert set(codes(fixed.mended)) - {"K407"} == {code}
    assert fixed.left.problems == check(tea).problems == ()
    assert {file: data.rstrip() for file, data in snapshot(tea).items()} == {
        file: data.rstrip() for file, data in {**before, file: _trimmed(before[file], wrong)}.items()
    }


def _trimmed(data: bytes, wrong: str) -> bytes:
    """Blanks at the end of the line stay."""
    return data.replace(b"in_turns: true", b"in_turns: true  ") if wrong.endswith("  ") else data


def test_every_code_that_is_mended_is_among_these_slips() -> None:
    assert {code for code, *_ in SLIPS.values()} | {"K407", "K921"} == set(FIXED) == {*MENDED, "K407"}


def test_a_number_is_put_in_quotes(tea: Path) -> None:
    edit(tea, "guides/before-the-second-pot.md", "title: What should we know before the second pot?", "title: 1984")
    fixed = fix(tea)
    assert "K103" in codes(fixed.mended)
    assert 'title: "1984"\n' in (tea / "guides" / "before-the-second-pot.md").read_text("utf-8")


def test_no_is_written_as_false(tea: Path) -> None:
    edit(tea, TABLE, "in_turns: true", "in_turns: off # never")
    assert codes(fix(tea).mended)[:1] == ["K103"]
    assert "in_turns: false # never\n" in (tea / TABLE).read_text("utf-8")


def test_many_slips_are_mended_at_once_also_in_one_line(tea: Path) -> None:
    before = snapshot(tea)
    edit(tea, LIGHT, SPOON, "which spoon in this  kitchen  would you you save save from the the flood ?")
    edit(tea, LIGHT, "[conversation, listening]", "conversation, listening")
    edit(tea, TABLE, "title: Rinse the cups", "title: Rinse  the cups.")
    edit(tea, PROJECT, '"intimacy-pack-tea"', '"pot"')
    fixed = fix(tea)
    assert fixed.left.problems == ()
    assert sorted(codes(fixed.mended)) == sorted(
        ["K103", "K407", "K751", "K751", "K757", "K757", "K757", "K757", "K759", "K760", "K905"]
    )
    edit(tea, LIGHT, "save save from the flood?", "save from a flood?")
    build(tea)
    assert snapshot(tea) == before


def test_a_fix_run_twice_changes_nothing_the_second_time(tea: Path) -> None:
    for _, file, right, wrong in (SLIPS["two blanks"], SLIPS["yes for true"], SLIPS["another name"]):
        edit(tea, file, right, wrong)
    first = fix(tea)
    before = snapshot(tea)
    second = fix(tea)
    assert (len(first.mended), second.mended, second.left.problems) == (3, (), ())
    assert snapshot(tea) == before


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_and_a_byte_order_mark_stay(end: bytes, mark: bytes, tea: Path) -> None:
    right = {LIGHT: b'prompts: [{id: a-cup, text: "Which cup?", skills: [trust], depth: 1, minutes: 5}]\n# cup\n'}
    wrong = {LIGHT: right[LIGHT].replace(b"Which cup", b"Which  cup").replace(b"[trust]", b"trust")}
    (tea / "journeys" / "kettle.yaml").unlink()
    (tea / LIGHT).write_bytes(mark + wrong[LIGHT].replace(b"\n", end))
    assert {"K103", "K757"} <= set(codes(fix(tea).mended))
    assert (tea / LIGHT).read_bytes() == mark + right[LIGHT].replace(b"\n", end)


def test_a_byte_order_mark_stays_where_another_one_is_taken_out(tea: Path) -> None:
    right = b"\xef\xbb\xbf" + (tea / LIGHT).read_bytes()
    (tea / LIGHT).write_bytes(right.replace(b"this kitchen", b"this \xef\xbb\xbfkitchen"))
    assert codes(fix(tea).mended) == ["K009"]
    assert (tea / LIGHT).read_bytes() == right


def test_line_ends_of_two_kinds_stay_and_do_not_confuse_the_lines(tea: Path) -> None:
    right = (tea / LIGHT).read_bytes().replace(b"\n", b"\r\n", 2)
    (tea / LIGHT).write_bytes(right.replace(b"save from", b"save  from").replace(b"[empathy]", b"empathy"))
    fix(tea)
    assert (tea / LIGHT).read_bytes() == right


def test_windows_line_ends_stay_in_a_pyproject_also_in_a_new_line(tea: Path) -> None:
    text = (tea / PROJECT).read_bytes().replace(b"\n", b"\r\n").replace(DEPENDENCIES.encode() + b"\r\n", b"")
    (tea / PROJECT).write_bytes(text.replace(b'"MIT"', b'"CC-BY-4.0"'))
    fix(tea)
    there = (tea / PROJECT).read_bytes()
    assert there.count(b"\r\n") == there.count(b"\n") == text.count(b"\n") + 1
    assert DEPENDENCIES.encode() + b"\r\n\r\n[project.entry-points" in there


# Exemptions that nothing needs


MANY_ENTRIES = """# cups
- code: K726
  reason: It is quite a joke.
- code: K757
  about: lid-or-saucer
  reason: There is a wide gap on purpose.
- code: K727
  reason: It is quite a joke.
"""


@pytest.mark.parametrize(
    ("entries", "left"),
    [
        ("- code: K726\n  reason: It is quite a joke.\n", None),
        ("- code: K726\n  reason: >\n    It is quite\n\n    a joke.\n\n# the end\n", None),
        ("- code: K757\n  about: lid-or-saucer\n  reason: There is a wide gap on purpose.\n", "K757"),
        (MANY_ENTRIES, "K757"),
    ],
)
def test_an_exemption_that_nothing_needs_is_taken_out_and_the_others_stay(
    entries: str, left: str | None, tea: Path
) -> None:
    edit(tea, LIGHT, "steam on the window", "steam on  the window" if left else "steam on the window")
    quality = tea / "quality.yaml"
    for indent in ("", "  "):
        quality.write_text("exemptions:\n" + "".join(f"{indent}{line}" for line in entries.splitlines(True)), "utf-8")
        build(tea)
        fixed = fix(tea)
        assert fixed.left.problems == ()
        assert set(codes(fixed.mended)) <= {"K921"}
        text = quality.read_text("utf-8")
        document = parse_yaml(text, "quality.yaml").document
        assert isinstance(document, dict)
        assert [one["code"] for one in document["exemptions"]] == ([left] if left else [])
        assert text.count("#") == entries.count("#")


def test_an_exemption_that_is_written_in_brackets_is_left_to_people(tea: Path) -> None:
    text = "exemptions: [{code: K726, reason: It is quite a joke.}]\n"
    (tea / "quality.yaml").write_text(text, "utf-8")
    fixed = fix(tea)
    assert (fixed.mended, codes(fixed.left.problems)) == ((), ["K921"])
    assert (tea / "quality.yaml").read_text("utf-8") == text


# What is left to people


@pytest.mark.parametrize(
    ("file", "right", "wrong", "code"),
    [
        (LIGHT, "[empathy]", "empaty", "K103"),  # in brackets it would be a word that nobody knows
        (TABLE, "skills: [listening]", "skills: listening, and warmth", "K103"),
        ("intimacy-pack.yaml", "[Ada Examples]", "Examples, Ada", "K103"),  # that is one author
        (TABLE, "minutes: 6", "minutes: six", "K103"),
        (TABLE, "title: Rinse the cups", "title: Cups at 5 p.m.", "K760"),
        (TABLE, "title: Rinse the cups", "title: Cups etc.", "K760"),
        (LIGHT, SPOON, "wHich spoon would you save from a flood?", "K759"),
        (LIGHT, "a flood?", "a flood?!", "K750"),
        (LIGHT, "this kitchen", "THIS KITCHEN", "K750"),
        (LIGHT, '"A lid on the pot, or steam on', '"A lid on the\\u0020 pot, or steam on', "K757"),
        (LIGHT, '"A lid on the pot, or', '"A lid on the \\\n      \\ pot, or', "K757"),
        (LIGHT, "text: Which spoon", 'text: "W\\u200bhich spoon', "K401"),
        (LIGHT, '"A lid', '"A\\u200b lid', "K009"),
        (PROJECT, '"README.md"', '""  # none yet', "K901"),
        (PROJECT, 'keywords = ["intimacy-kit-pack"]', "keywords = [  # none yet\n]", "K916"),
        (PROJECT, 'version = "1.0.0"', 'version = """1"""', "K412"),
        (PROJECT, 'tea = "intimacy_pack_tea"', 'tea = "tea"', "K412"),
        (PROJECT, '"intimacy-kit>=0.1"', '"intimacy-kit>=9"', "K907"),
        (PROJECT, '"intimacy-kit>=0.1"', '"intimacy-kit, please"', "K918"),
        ("intimacy-pack.yaml", "CC-BY-4.0", "CC BY 4.0", "K904"),
    ],
)  # fmt: skip
def test_what_only_people_can_tell_stays_byte_for_byte(file: str, right: str, wrong: str, code: str, tea: Path) -> None:
    edit(tea, file, right, wrong)
    if code == "K901":
        (tea / "README.md").unlink()
    build(tea)
    before = snapshot(tea)
    fixed = fix(tea)
    assert fixed.mended == ()
    assert code in codes(fixed.left.problems)
    assert snapshot(tea) == before


def test_what_would_make_a_translation_stale_is_taken_back_and_the_rest_is_mended(tea: Path) -> None:
    edit(tea, "intimacy-pack.yaml", "[en]", "[en, de]")
    edit(tea, LIGHT, "save from", "save  from")
    edit(tea, LIGHT, "steam on the window", "steam on on the  window")
    edit(tea, TABLE, "title: Rinse the cups", "title: Rinse the cups.")
    edit(tea, "stories/the-second-cup.md", "[listening, empathy]", "listening, empathy")  # before, no language is read
    before = (tea / LIGHT).read_text("utf-8")
    (tea / "locale").mkdir()
    (tea / "locale" / "de.po").write_text(GERMAN, "utf-8")
    fixed = fix(tea)
    assert codes(fixed.mended) == ["K760", "K751", "K757", "K103", "K407", "K407"]
    assert set(codes(fixed.left.problems)) & {"K757", "K760", "K807", "K808"} == {"K757"}
    assert (tea / LIGHT).read_text("utf-8") == before.replace("on on the  window", "on the window")


def test_what_comes_to_light_is_not_held_against_a_fix(tea: Path) -> None:
    edit(tea, LIGHT, "this kitchen", "this \x07kitchen")  # nothing of this file can be read
    edit(tea, LIGHT, "[empathy]", "[empaty]")
    edit(tea, TABLE, "in_turns: true", "in_turns: yes")
    edit(tea, "journeys/kettle.yaml", "oldest-spoon", "oldest-pot")  # a name leads nowhere, when all is read
    fixed = fix(tea)
    assert codes(fixed.mended) == ["K103", "K009"]
    assert codes(fixed.left.problems) == ["K104"]
    edit(tea, LIGHT, "[empaty]", "empathy")
    fixed = fix(tea)
    assert codes(fixed.mended) == ["K103"]
    assert codes(fixed.left.problems) == ["K202"]


def test_two_edits_of_one_file_that_do_harm_are_both_taken_back(tea: Path) -> None:
    edit(tea, LIGHT, "[empathy]", "empaty")
    edit(tea, LIGHT, "[conversation, listening]", "conversaton, listening")
    before = snapshot(tea)
    fixed = fix(tea)
    assert (fixed.mended, codes(fixed.left.problems)) == ((), ["K103", "K103"])
    assert snapshot(tea) == before


def test_it_is_tried_again_only_so_often(tea: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(tea, LIGHT, SPOON, SPOON.replace(" ", "  "))  # of the blanks in a text only the first are told
    monkeypatch.setattr(fixing, "_ROUNDS", 2)
    fixed = fix(tea)
    assert codes(fixed.mended) == ["K757", "K757", "K407"]
    assert codes(fixed.left.problems) == ["K757"]
    monkeypatch.undo()
    assert fix(tea).left.problems == ()


def test_the_words_of_another_pack_are_known(tea: Path) -> None:
    edit(tea, LIGHT, "save from", "save  from")
    pack = check(tea).pack
    assert pack is not None
    assert fix(tea, [pack]).left.problems == ()


# Files that cannot be written, and interruptions


def test_where_a_file_cannot_be_written_nothing_has_changed(tea: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(tea, LIGHT, "save from", "save  from")
    edit(tea, TABLE, "title: Rinse the cups", "title: Rinse the cups.")
    before = snapshot(tea)
    write = Path.write_bytes

    def refusing(path: Path, data: bytes) -> int:
        if path.name == "table.yaml":
            raise PermissionError(13, "Permission denied", str(path))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", refusing)
    expected = "'exercises/table.yaml' cannot be written: permission denied; see that it can be, and try again"
    with pytest.raises(KitError, match=expected):
        fix(tea)
    assert snapshot(tea) == before
    ran = run(tea)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.splitlines()[-1] == f"Error: {expected}"


def test_where_a_file_cannot_be_written_and_nobody_says_why_the_line_is_whole(
    tea: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(tea, LIGHT, "save from", "save  from")
    monkeypatch.setattr(Path, "write_bytes", _refuse)
    with pytest.raises(KitError, match="cannot be written: for an unknown reason; see"):
        fix(tea)


def _refuse(*_: object) -> int:
    raise OSError


def test_whoever_interrupts_a_fix_finds_the_files_as_they_were(tea: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(tea, LIGHT, "save from", "save  from")
    before = snapshot(tea)
    calls: list[Path] = []

    def interrupted(root: Path, beside: tuple[Pack, ...]) -> Checked:
        calls.append(root)
        if len(calls) == len("ab"):
            assert snapshot(tea) != before
            raise KeyboardInterrupt
        return check(root, beside)

    monkeypatch.setattr(fixing, "check", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fix(tea)
    assert snapshot(tea) == before


def test_a_place_that_is_not_as_it_was_told_stays_as_it_is() -> None:
    for code, hint, part in (("K757", "leave one", "a  b"), ("K103", "write true", "")):
        problem = Problem(Where("a.yaml", 9, 7), code, "x", hint, part)
        change = MENDED[code](problem, Snippet("text: a  b", 7, 10))
        assert change is not None
        assert change("text: a  b\n") == "text: a  b\n"
        assert change("\n" * 8 + "text: a c b\n") == "\n" * 8 + "text: a c b\n"
        assert change("\n" * 8 + "text: a  b c\n") != "\n" * 8 + "text: a  b c\n"


@pytest.mark.parametrize("code", MENDED)
def test_a_problem_without_the_words_that_it_is_about_is_left_to_people(code: str) -> None:
    assert MENDED[code](Problem(Where("a.yaml"), code, "x", "y"), None) is None


# Nothing else changes, whatever stands in the file


TEXTS = (
    "Which cup, of all, would you keep?",
    "Guess: which cup is home?",
    "Where did the \U0001fad6 stand in 1984?",
    "Who w\u00e4scht the cups, and who dries them?",
    "Finish the line: 'the cup is ...'",
    "Draw the first cup # of the day.",
)
DAMAGES: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace(" cup", "  cup", 1).replace(" stand", "  stand"),
    lambda text: text.replace("the ", "the the ", 1).replace("which ", "which which ", 1),
    lambda text: text[0].lower() + text[1:],
    lambda text: text[:4] + "\u200b" + text[4:],
    lambda text: text.replace("?", " ?"),
)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, str]:
    """Give a good file of prompts, and the same with one value of it damaged."""
    texts = draw(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3, unique=True))
    quote = draw(st.sampled_from(['"', "'"]))
    skills = draw(st.lists(st.sampled_from(["trust", "listening", "openness"]), min_size=1, max_size=2, unique=True))
    parts = []
    for number, text in enumerate(texts):
        said = text.replace("'", "''") if quote == "'" else text
        parts.append(
            f"  - id: cup-{number}  # {text}\n    skills: [{', '.join(skills)}]\n    text: {quote}{said}{quote}\n"
            f"    depth: 1\n    minutes: {draw(st.integers(2, 9))}\n    mood: playful\n    shape: question\n"
        )
    hurt = draw(st.integers(0, len(parts) - 1))
    head, text, tail = parts[hurt].partition("text: ")
    line, end, rest = tail.partition("\n")
    damage = draw(st.sampled_from(DAMAGES))
    bare = draw(st.booleans())
    worse = (
        parts[hurt].replace(f"[{', '.join(skills)}]", ", ".join(skills))
        if bare
        else head + text + line[0] + damage(line[1:-1]) + line[-1] + end + rest
    )
    good = "prompts:\n" + "".join(parts)
    return good, "prompts:\n" + "".join([*parts[:hurt], worse, *parts[hurt + 1 :]])


@settings(max_examples=25, deadline=None)
@given(files=damaged())
def test_one_damaged_value_is_given_back_and_no_other_changes(
    files: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    good, worse = files
    root = tmp_path_factory.mktemp("cups")
    shutil.copy(TEA / "intimacy-pack.yaml", root)
    (root / "prompts").mkdir()
    (root / "prompts" / "cups.yaml").write_text(worse, "utf-8")
    fix(root)
    assert (root / "prompts" / "cups.yaml").read_text("utf-8") == good


# On the command line


def run(root: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["check", str(root), "--fix", *options], prog_name="intimacy-kit")
