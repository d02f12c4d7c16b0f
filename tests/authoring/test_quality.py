"""What a pack is exempted from, with a reason: it lets pass what it names, nothing else, and never stays unread."""

import shutil
from pathlib import Path

import pytest
from code_pages import TEA

from intimacy_kit.authoring.building import build, compile_pack
from intimacy_kit.authoring.checking import check
from intimacy_kit.authoring.quality import Exemption, Exemptions, read_exemptions
from intimacy_kit.content.packs import Pack
from intimacy_kit.problems import Problem, Where

#: Two prompts with a word of greeting cards (K726), and a reason to let it stand.
CARDS = """prompts:
  - {id: first-card, skills: [conversation], depth: 1, minutes: 5, mood: playful, shape: question, aliases: [old-card],
     text: "Which word would you cross out first on a card with hearts, soulmate or forever?"}
  - {id: second-card, skills: [conversation], depth: 1, minutes: 5, mood: curious, shape: question,
     text: "Where in the kitchen should a mug with soulmate on its side live?"}
"""
REASON = "It makes fun of the card."


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    root = Path(shutil.copytree(TEA, tmp_path / "tea"))
    (root / "prompts" / "cards.yaml").write_text(CARDS, "utf-8")
    build(root)
    return root


def exempt(root: Path, *entries: str) -> list[str]:
    """Write the exemptions, and return what the check says then."""
    lines = "".join(f"  - {{{entry}}}\n" for entry in entries)
    (root / "quality.yaml").write_text(f"exemptions:\n{lines}" if entries else "", "utf-8")
    return told(root)


def told(root: Path) -> list[str]:
    return [f"{problem.where.file}:{problem.where.line} {problem.code}" for problem in check(root).problems]


def entry(code: str = "K726", about: str = "", reason: str = REASON) -> str:
    return f"code: {code}, {f'about: {about}, ' if about else ''}reason: '{reason}'"


FIRST, SECOND = "prompts/cards.yaml:3 K726", "prompts/cards.yaml:5 K726"


def test_without_a_file_nothing_is_exempted(tea: Path) -> None:
    assert told(tea) == [FIRST, SECOND]


def test_an_exemption_for_one_activity_does_not_exempt_another(tea: Path) -> None:
    assert exempt(tea, entry(about="first-card")) == [SECOND]
    assert exempt(tea, entry(about="second-card")) == [FIRST]


def test_an_exemption_from_one_code_does_not_exempt_from_another(tea: Path) -> None:
    assert exempt(tea, entry("K725", "first-card")) == [FIRST, SECOND, "quality.yaml:2 K921"]


def test_an_exemption_of_the_whole_pack_lets_it_pass_everywhere(tea: Path) -> None:
    assert exempt(tea, entry()) == []


def test_what_is_told_of_the_pack_itself_needs_an_exemption_of_the_pack(tea: Path) -> None:
    manifest = tea / "intimacy-pack.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("Tea for two", "Tea for two."), "utf-8")
    build(tea)
    there = ["intimacy-pack.yaml:3 K760"]
    assert exempt(tea, entry(), entry("K760", "one-pot")) == [*there, "quality.yaml:3 K921"]
    assert exempt(tea, entry(), entry("K760")) == []


def test_an_exemption_can_be_about_a_journey(tea: Path) -> None:
    journey = tea / "journeys" / "kettle.yaml"
    journey.write_text(journey.read_text("utf-8").replace("One pot of tea", "One pot of tea."), "utf-8")
    build(tea)
    assert exempt(tea, entry("K760", "one-pot"), entry()) == []
    assert exempt(tea, entry("K760", "cold-tea"), entry()) == ["journeys/kettle.yaml:3 K760", "quality.yaml:2 K921"]


def test_what_nothing_needs_any_more_is_told_where_it_stands(tea: Path) -> None:
    assert exempt(tea, entry(), entry("K760", "one-pot")) == ["quality.yaml:3 K921"]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((entry("K799x"),), "quality.yaml:2 K105"),
        ((entry("K126"),), "quality.yaml:2 K922"),
        ((entry("K505"),), "quality.yaml:2 K923"),
        ((entry(about="first-cart"),), "quality.yaml:2 K924"),
    ],
)
def test_an_entry_that_names_nothing_exempts_from_nothing(entries: tuple[str, ...], expected: str, tea: Path) -> None:
    assert exempt(tea, *entries) == [FIRST, SECOND, expected]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((entry(), entry(reason="Another reason of some words")), "quality.yaml:3 K925"),
        ((entry(), entry(about="first-card")), "quality.yaml:3 K925"),
        ((entry(about="first-card"), entry()), "quality.yaml:2 K925"),
        ((entry(reason="It is fine."),), "quality.yaml:2 K926"),
    ],
)
def test_an_entry_that_is_badly_written_lets_pass_all_the_same(
    entries: tuple[str, ...], expected: str, tea: Path
) -> None:
    assert exempt(tea, *entries) == [expected]


def test_one_wrong_entry_does_not_take_the_others_along(tea: Path) -> None:
    assert exempt(tea, entry("K505"), entry(about="first-card")) == [SECOND, "quality.yaml:2 K923"]


def test_the_same_code_for_two_activities_is_not_the_same_exemption(tea: Path) -> None:
    assert exempt(tea, entry(about="first-card"), entry(about="second-card")) == []


@pytest.mark.parametrize("text", ["", "exemptions: 3\n", "exemptions:\n  - [\n"])
def test_a_file_that_cannot_be_read_is_told_and_exempts_from_nothing(text: str, tea: Path) -> None:
    (tea / "quality.yaml").write_text(text, "utf-8")
    there = told(tea)
    assert there[:2] == [FIRST, SECOND]
    assert [line.startswith("quality.yaml:") for line in there[2:]] == [True]


@pytest.mark.parametrize(
    ("about", "hint"),
    [("first-cart", "did you mean 'first-card'?"), ("old-card", "its id is 'first-card' now"), ("xyz", "")],
)
def test_a_name_that_is_not_here_is_answered_with_the_one_that_is(about: str, hint: str, tea: Path) -> None:
    assert [(p.code, p.hint) for p in exemptions(tea, entry(about=about)).problems] == [("K924", hint)]


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("K126", "did you mean K726?"),
        ("K337", "did you mean K733?"),
        ("K700", "'intimacy-kit explain' lists them"),
        ("K000", "'intimacy-kit explain' lists them"),
    ],
)
def test_a_code_that_does_not_exist_is_answered_with_the_only_one_that_is_near(code: str, hint: str, tea: Path) -> None:
    assert [(p.code, p.hint) for p in exemptions(tea, entry(code)).problems] == [("K922", hint)]


@pytest.mark.parametrize(
    "reason", ["\u5b83\u53d6\u7b11\u8cc0\u5361\u4e0a\u7684\u5b57\u8a5e\u5df2", "He made fun of it"]
)
def test_a_reason_can_be_given_in_a_script_without_blanks(reason: str, tea: Path) -> None:
    assert exemptions(tea, entry(reason=reason)).problems == ()


def exemptions(root: Path, *entries: str, whole: bool = True) -> Exemptions:
    (root / "quality.yaml").write_text("exemptions:\n" + "".join(f"  - {{{one}}}\n" for one in entries), "utf-8")
    return read_exemptions(root, readable(root), whole=whole)


def readable(root: Path) -> Pack:
    pack = compile_pack(root).readable
    assert pack is not None
    return pack


# With a part that cannot be read


def test_with_a_part_that_cannot_be_read_nothing_is_told_stale_or_unknown(tea: Path) -> None:
    (tea / "prompts" / "later.yaml").write_text("prompts: [\n", "utf-8")
    there = exemptions(tea, entry(about="cold-tea"), entry("K760"), whole=False)
    assert there.problems == ()
    assert list(there.applied((), readable(tea), whole=False)) == []
    assert [p.code for p in there.applied((), readable(tea), whole=True)] == ["K921", "K921"]
    assert [p.code for p in exemptions(tea, entry(about="cold-tea")).problems] == ["K924"]


def test_what_was_not_read_from_a_file_is_never_stale(tea: Path) -> None:
    made = Exemptions((Exemption("K726", "", ""),))
    problems = [Problem(Where(pointer="/title"), "K760", "x"), Problem(Where(pointer="/title"), "K726", "x")]
    assert list(made.applied(problems, readable(tea), whole=True)) == problems[:1]
    assert list(made.applied((), readable(tea), whole=True)) == []
