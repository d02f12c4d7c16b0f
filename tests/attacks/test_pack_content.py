"""Rows 29 to 42 of the attack list: what a pack may say, and that its words stay words wherever they are shown."""

import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from rich.console import Console
from strategies import PROMPT, TEA, WHOLE, Document, as_bytes, pack_of

from intimacy_kit.authoring.building import compile_pack
from intimacy_kit.authoring.maps.svg import draw
from intimacy_kit.cli.showing import show_activity
from intimacy_kit.content.activities import Activity, Exercise
from intimacy_kit.content.text import Text
from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.documents import read_document, read_pack
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import JourneyChosen
from intimacy_kit.practice.exercises import ExerciseRun
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.suggestions import suggest

NOW = datetime(2026, 11, 23, 20, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"


def codes(document: Document) -> list[str]:
    return [problem.code for problem in read_pack(as_bytes(document)).problems]


DANGLING: list[Document] = [
    pack_of({**PROMPT, "links": ["nowhere"]}),
    pack_of({**PROMPT, "requires": {"resolved": "nowhere"}}),
    pack_of(
        PROMPT,
        journeys=[{"id": "way", "title": "W", "about": "A", "stages": [{"id": "s", "title": "S", "offers": ["no"]}]}],
    ),
]


@pytest.mark.parametrize("document", DANGLING)
def test_one_name_that_leads_nowhere_refuses_the_whole_pack(document: Document) -> None:
    # attack 29
    assert codes(document) == ["K202"]
    assert read_pack(as_bytes(document)).pack is None


def test_a_thousand_names_that_lead_nowhere_are_told_and_the_nearest_is_looked_for_a_few_times() -> None:
    # attack 29
    activities = [
        {**PROMPT, "id": f"cup-{n}", "links": [f"cip-{n}-{place}" for place in range(20)]} for n in range(200)
    ]
    problems = read_document(pack_of(*activities)).problems
    assert [problem.code for problem in problems] == ["K202"] * 1000
    assert sum(problem.hint.startswith("did you mean") for problem in problems) == 10


PRIVATE_RULES = [
    "allowed",
    "boundary",
    "declined",
    "partner",
    "sealed",
    "answered",
    "checked_in",
    "said_yes",
    "not",
    "never",
    "if",
]


@pytest.mark.parametrize("rule", PRIVATE_RULES)
@pytest.mark.parametrize("inside", ["{}", '{{"any": [{}]}}', '{{"at_least": {{"n": 1, "of": [{}]}}}}'])
def test_no_gate_can_ask_for_anything_that_only_one_of_them_knows(rule: str, inside: str) -> None:
    # attack 31
    gate = json.loads(inside.format(json.dumps({rule: "first-cup"})))
    assert codes(pack_of(PROMPT, {**PROMPT, "id": "b", "requires": gate})) == ["K102"]


@pytest.mark.parametrize("by", ["boundary", "declined", "partner", "answer", "check_in_point"])
def test_nothing_private_can_be_counted(by: str) -> None:
    # attack 31
    gate = {"count": {by: "a", "n": 1}}
    assert set(codes(pack_of(PROMPT, {**PROMPT, "id": "b", "requires": gate}))) == {"K102"}


def test_what_is_tender_says_how_it_lands_and_what_is_light_touches_nothing_sensitive() -> None:
    # attack 32
    assert codes(pack_of({**PROMPT, "depth": 3})) == codes(pack_of({**PROMPT, "depth": 4})) == ["K111"]
    assert codes(pack_of({**PROMPT, "topics": ["shame"]})) == ["K110"]
    assert codes(pack_of({**PROMPT, "depth": 3, "after": "Say it back.", "topics": ["shame"]})) == []


def test_every_exercise_has_a_way_out_at_every_beat_whatever_its_writer_wrote() -> None:
    # attack 32
    pack = read_document(WHOLE).pack
    assert pack is not None
    (exercise,) = [activity for activity in pack.activities if isinstance(activity, Exercise)]
    run = ExerciseRun(exercise=exercise, partners=("a", "b"))
    beats = 0
    while run.state not in {"finished", "stopped"}:
        assert run.after("stop").state == "stopped"
        run, beats = run.after("next"), beats + 1
    assert beats > 1


MARKUP = [
    *(
        "<script>alert(1)</script>",
        "<svg onload=alert(1)>",
        "<img src=https://evil.example/p.gif>",
        "<a href=x:y>z</a>",
    ),
    *("[y](javascript:alert(1))", "![y](https://evil.example/p.gif)", "[y](data:text/html;base64,PHM+)"),
    *("[y](vbscript:x)", "[y](//evil.example)", "&lt;script&gt;", "&#60;script&#62;", "]]><script>", "<!--"),
    *("<https://evil.example>", "[red]x[/red]", "[link=file:///x]y[/link]"),
]
PLACEHOLDERS = [
    *("{0.__class__.__mro__}", "{about}", "{}", "{", "}}", "%s%n", "%(name)s", "${HOME}", "$(id)", "{{7*7}}"),
    *("{% x %}", "\\N{BULLET}"),
]


def _everywhere(words: str) -> Activity:
    """Return an exercise that says so in all its texts, read from bytes."""
    exercise = {
        **{name: PROMPT[name] for name in ("skills", "depth", "minutes")},
        "kind": "exercise",
        "id": "talk",
        "title": words,
        "about": words,
        "roles": {"one": words},
        "cautions": [words],
        "steps": [{"text": words, "title": words, "each": {"one": words}}],
        "when_stuck": [{"when": words, "then": words}],
        "solo": words,
        "why": words,
        "evidence": {"note": words},
    }
    way = {"id": "way", "title": words, "about": words, "stages": [{"id": "s", "title": words, "offers": ["talk"]}]}
    read = read_pack(as_bytes({**TEA, "title": words, "about": words, "activities": [exercise], "journeys": [way]}))
    assert read.problems == ()
    assert read.pack is not None
    return Catalog([read.pack])["tea/talk"]


def _shown(activity: Activity) -> str:
    out = StringIO()
    show_activity(Console(file=out, width=400, force_terminal=False), activity)
    return out.getvalue()


@pytest.mark.parametrize("words", [*MARKUP, *PLACEHOLDERS])
def test_words_of_a_pack_are_shown_as_they_are_written_and_never_filled_in_or_drawn(words: str) -> None:
    # attack 33, attack 34, attack 35, attack 36
    activity = _everywhere(words)
    assert str(activity.title) == words
    assert _shown(activity).count(words) >= 8
    assert "\x1b" not in _shown(activity)


@pytest.mark.parametrize("words", [*MARKUP, *PLACEHOLDERS])
def test_the_reason_of_a_suggestion_names_a_journey_by_its_very_words(words: str) -> None:
    # attack 35
    _everywhere(words)
    way = {"id": "way", "title": words, "about": "A", "stages": [{"id": "s", "title": "S", "offers": ["first-cup"]}]}
    pack = read_document(pack_of(PROMPT, journeys=[way])).pack
    assert pack is not None
    progress = Progress.from_events([JourneyChosen(at=NOW, journey="tea/way")])
    (suggestion,) = suggest(Catalog([pack]), progress, Boundaries(), now=NOW)
    assert words in str(suggestion.reason)


@pytest.mark.parametrize("words", [*MARKUP, *PLACEHOLDERS])
def test_a_message_repeats_short_words_as_they_are_and_fills_nothing_in(words: str) -> None:
    # attack 27, attack 35
    shown = f"'{words}'" if len(words) <= 40 else "this"
    (mood,) = read_document(pack_of({**PROMPT, "mood": words})).problems
    assert mood.message == f"{shown} is not known here"
    (minutes,) = read_document(pack_of({**PROMPT, "minutes": words})).problems
    assert minutes.message == f"{shown} should be a whole number"
    (field,) = read_document(pack_of({**PROMPT, words: 1})).problems
    assert field.message == f"{shown} is not a field here"


@pytest.mark.parametrize("words", MARKUP)
def test_a_drawing_of_a_pack_holds_words_and_nothing_that_runs_or_is_fetched(words: str) -> None:
    # attack 33, attack 34
    pack = read_document(pack_of({**PROMPT, "text": words}, title=words)).pack
    assert pack is not None
    tags = {one.tag.removeprefix(SVG) for one in ET.fromstring(draw(pack)).iter()}
    assert tags <= {"svg", "title", "desc", "style", "rect", "path", "circle", "text", "g"}


FOUND_BY_BUILD = [
    "<b>x</b>",
    "<script>x</script>",
    "![y](z.png)",
    "[y](https://evil.example)",
    "<https://evil.example>",
    "`x`",
]


@pytest.mark.parametrize("words", FOUND_BY_BUILD)
@pytest.mark.parametrize("kind", ["guides/g.md", "stories/s.md"])
def test_markup_in_prose_does_not_get_into_a_compiled_pack(tmp_path: Path, words: str, kind: str) -> None:
    # attack 33, attack 34
    manifest = {name: value for name, value in TEA.items() if name not in {"activities", "journeys"}}
    (tmp_path / "intimacy-pack.yaml").write_text(json.dumps(manifest), "utf-8")
    file = tmp_path / kind
    file.parent.mkdir()
    scene = "## one\n\n" if kind.startswith("stories") else ""
    arc = {"struggle": "a", "turning_point": "b", "outcome": "c", "stayed_hard": "d"}
    head = {"id": "x", "title": "X", "skills": ["trust"], "depth": 1, "minutes": 2}
    head |= {"people": "Two", "arc": arc} if scene else {}
    file.write_text(f"---\n{json.dumps(head)}\n---\n{scene}Some {words} here.\n", "utf-8")
    assert {problem.code for problem in compile_pack(tmp_path).problems} == {"K405"}
    file.write_text(f"---\n{json.dumps(head)}\n---\n{scene}Some words here.\n", "utf-8")
    assert compile_pack(tmp_path).problems == ()


STEERING = ["\x1b[2J", "\x1b]0;x\x07", "tea\rcoffee", "tea\x08\x08", "\x9b31m", "\x90q\x9c"]


@pytest.mark.parametrize("words", STEERING, ids=ascii)
def test_words_that_would_steer_a_terminal_are_no_words_of_a_pack_and_are_spelled_out_if_they_come_another_way(
    words: str,
) -> None:
    # attack 36
    assert codes({**TEA, "title": words}) == ["K009"]
    activity = _everywhere("A plain title.")
    out = StringIO()
    console = Console(file=out, width=200, force_terminal=True, color_system=None)
    show_activity(console, type(activity)(**{**_fields(activity), "title": Text(words)}))
    assert not set(words) & set(out.getvalue()) - set("\x1b[]0123456789;Jmxteacof q")
    assert words not in out.getvalue()


def _fields(activity: Activity) -> dict[str, Any]:
    return {name: getattr(activity, name) for name in ("id", "skills", "depth", "minutes", "about", "steps", "roles")}


@pytest.mark.parametrize(
    "others", [{"es": ""}, {"es": " "}, {"es": "\n"}, {"es": None}, {"Spanish": "Té"}, {"": "Té"}, {5: "Té"}], ids=repr
)
def test_a_translation_that_is_blank_or_in_no_language_is_refused(others: Any) -> None:
    # attack 42
    with pytest.raises(InvalidValueError, match=r"^'others' must give words for each language tag"):
        Text("Tea", "en", others)


def test_where_there_is_no_translation_the_words_are_those_of_the_writer() -> None:
    # attack 42
    tea = Text("Tea", "en", {"es": "Té"})
    assert [tea.in_language(tag) for tag in ("es-MX", "de", "", "e", "es-", "x" * 1_000)] == [
        "Té",
        "Tea",
        "Tea",
        "Tea",
        "Té",
        "Tea",
    ]
    assert tea.in_language() == "Tea"
