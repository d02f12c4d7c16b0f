"""What is written as YAML is read back letter by letter."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intimacy_kit.authoring.importing.yaml_prompts import yaml_prompts
from intimacy_kit.authoring.importing.yaml_words import yaml_list, yaml_text
from intimacy_kit.authoring.yaml_sources import parse_yaml
from intimacy_kit.loading.preflight import bad_character

#: What means something to YAML, in any order, and letters of many kinds.
SIGNS = st.sampled_from(
    [*":-?#&*!|>'\"%@`[]{},\\~=<+._0123456789eExXaAnNyY \n$/()", ": ", " #", "- ", "é", "ü", "漢", "👪", "¿", "\u201c"]
)
#: What is no text to some reader of YAML.
NO_TEXT = st.sampled_from(
    [
        "no",
        "1.0",
        "2026-10-05",
        "12:30",
        "null",
        "0x1f",
        "1e3",
        ".inf",
        "<<",
        "=",
        "---",
        "...",
        "+1",
        "1_000",
        "~",
        "Yes",
    ]
)
TEXTS = (
    (st.lists(SIGNS, max_size=12).map("".join) | st.text(max_size=30) | NO_TEXT)
    .map(str.strip)
    .filter(lambda text: text and not bad_character(text))
)


@given(TEXTS)
def test_any_text_that_the_reader_accepts_comes_back_the_same(text: str) -> None:
    source = parse_yaml(f"text: {yaml_text(text)}\n", "a.yaml")
    assert (source.problems, source.document) == ((), {"text": text})


@given(st.lists(TEXTS, max_size=4), TEXTS)
def test_lists_and_groups_in_one_line_come_back_the_same(texts: list[str], text: str) -> None:
    written = f"a: {yaml_list(texts)}\nb: {yaml_list({'n': 3, 'text': text, 'of': texts, 'all': [{'one': text}]})}\n"
    source = parse_yaml(written, "a.yaml")
    assert (source.problems, source.document) == (
        (),
        {"a": texts, "b": {"n": 3, "text": text, "of": texts, "all": [{"one": text}]}},
    )


@given(TEXTS, st.lists(st.text(max_size=30), max_size=3))
def test_prompts_come_back_the_same_whatever_the_comments_hold(text: str, comments: list[str]) -> None:
    prompt = {"id": "tea", "text": text, "skills": ["trust"], "depth": 1, "follow_ups": {"deeper": text}, "after": text}
    source = parse_yaml(yaml_prompts([(prompt, comments), ({**prompt, "id": "cup"}, [])], ["From a file."]), "a.yaml")
    assert (source.problems, source.document) == ((), {"prompts": [prompt, {**prompt, "id": "cup"}]})


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Who knew?", "Who knew?"),
        ("¿Quién?", "¿Quién?"),
        ('When do you say "I don\'t mind" and mind?', 'When do you say "I don\'t mind" and mind?'),
        ("Pick one: tea or rain", '"Pick one: tea or rain"'),
        ('"Tea": who?', "'\"Tea\": who?'"),
        ("no", '"no"'),
        ("5", '"5"'),
        ("a\nb", '"a\\nb"'),
        ("- dash", '"- dash"'),
    ],
)
def test_quotes_stand_where_they_must_and_nowhere_else(text: str, written: str) -> None:
    assert yaml_text(text) == written


def test_comments_stand_above_their_prompt() -> None:
    written = yaml_prompts([({"id": "tea", "text": "Who?"}, ["one", "two\u202e"])], ["From tea.csv."])
    assert re.sub(r"\s+$", "", written, flags=re.MULTILINE) == (
        "# From tea.csv.\nprompts:\n  # one\n  # two\n  - id: tea\n    text: Who?"
    )
