"""What holds of all checks of words: they never raise, they point at what is there, and our own packs pass them."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from strategies import WHOLE, packs

from intimacy_kit.authoring.linting import lint
from intimacy_kit.authoring.linting.reading import Said, texts
from intimacy_kit.content.packs import Pack
from intimacy_kit.loading.documents import load_pack, read_pack

ROOT = Path(__file__).parents[3]
PACKS = sorted(path.parent for path in ROOT.glob("packs/*/intimacy-pack.yaml"))


def value_at(document: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        document = document[int(name) if isinstance(document, list) else name]
    return document


def read(document: dict[str, Any]) -> Pack | None:
    return read_pack(json.dumps(document).encode(), "pack.json").pack


@given(packs())
def test_whatever_a_pack_says_each_problem_points_at_words_that_stand_there(document: dict[str, Any]) -> None:
    pack = read(document)
    if pack is None:
        return
    for problem in lint(pack, [pack]):
        at = value_at(document, problem.where.pointer)
        assert problem.part in at if isinstance(at, str) else problem.part == ""
        assert problem.code.startswith("K7")
        assert problem.message
        assert problem.hint
        assert not problem.message.endswith(".")


def test_every_text_of_a_pack_is_read_and_its_pointer_leads_to_it() -> None:
    pack = read(WHOLE)
    assert pack is not None
    shown = list(texts(pack))
    assert all(value_at(WHOLE, said.pointer) == said.words for said in shown)
    retired = "/activities/0/"
    assert {said.pointer for said in shown} == {at for at in _pointers_to_words(WHOLE) if not at.startswith(retired)}


#: Fields that hold names and numbers, and no words for people.
_NO_WORDS = {"id", "kind", "name", "version", "licence", "authors", "languages", "requires_kit", "skills", "purpose"}
_NO_WORDS |= {"basis", "sources", "links", "aliases", "requires", "repeat", "topics", "to", "mood", "shape", "offers"}
_NO_WORDS |= {"scoring", "picture", "migrations"}


def _pointers_to_words(value: Any, at: str = "") -> list[str]:
    if isinstance(value, str):
        return [at]
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [one for key, part in pairs if key not in _NO_WORDS for one in _pointers_to_words(part, f"{at}/{key}")]


@pytest.mark.parametrize("root", PACKS, ids=lambda root: root.name)
def test_our_own_packs_pass(root: Path) -> None:
    assert [str(problem) for problem in lint(load_pack(root))] == []


def test_a_text_knows_whether_it_is_told_or_asked() -> None:
    assert Said("/x", "told", "It rained.").told
    assert not Said("/x", "text", "Which hat?").asked
