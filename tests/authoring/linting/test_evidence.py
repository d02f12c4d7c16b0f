"""What an activity rests on can be looked up, and is claimed no more strongly than it is."""

from collections.abc import Callable
from typing import Any

import pytest

from intimacy_kit.authoring.linting import lint
from intimacy_kit.content.activities import Evidence
from intimacy_kit.content.text import Text

Make = Callable[..., Any]


@pytest.mark.parametrize(
    "source",
    [
        "doi:10.1037/0022-3514.91.5.904",
        "doi:10.1000.10/123(4)<5"[:-2],
        "https://tea.example",
        "https://tea.example:8000/a?b=c#d",
    ],
)
def test_a_source_that_can_be_looked_up_is_well(source: str, exercise: Make, found: Make) -> None:
    assert found(exercise(evidence=Evidence("trial", [source]))) == []


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("https://doi.org/10.1037/abc", "write doi:10.1037/abc"),
        ("http://dx.doi.org/10.1037/abc", "write doi:10.1037/abc"),
        ("10.1037/abc", "write doi:10.1037/abc"),
        ("doi: 10.1037/abc", "write doi:10.1037/abc"),
        ("DOI:10.1037/abc", "write doi:10.1037/abc"),
        ("http://tea.example/a", "write https://tea.example/a"),
        ("Aron et al., 1992", "write doi:10... or an address that begins with https://; a title belongs into the note"),
        ("doi:11.1037/abc", "write doi:10... or an address that begins with https://; a title belongs into the note"),
        ("https://tea", "write doi:10... or an address that begins with https://; a title belongs into the note"),
    ],
)
def test_a_source_that_cannot_be_looked_up_is_a_problem_with_its_mending(
    source: str, hint: str, exercise: Make, pack_of: Make
) -> None:
    (problem,) = lint(pack_of(exercise(evidence=Evidence("trial", [source]))))
    assert (problem.code, problem.where.pointer) == ("K761", "/activities/0/evidence/sources/0")
    assert problem.hint == hint


@pytest.mark.parametrize("basis", ["trial", "experiment", "correlational"])
def test_a_study_that_is_claimed_is_named(basis: str, exercise: Make, found: Make) -> None:
    assert found(exercise(evidence=Evidence(basis))) == [("K762", "/activities/0/evidence/basis", "")]


def test_what_is_validated_names_the_study(check_in: Make, found: Make) -> None:
    assert found(check_in()) == []
    assert found(check_in(validated=True)) == [("K763", "/activities/0/validated", "")]
    assert found(check_in(validated=True, evidence=Evidence("trial", ["doi:10.1037/abc"]))) == []


def test_a_tradition_is_named(exercise: Make, found: Make) -> None:
    assert found(exercise(evidence=Evidence("tradition"))) == [("K764", "/activities/0/evidence/basis", "")]
    assert found(exercise(evidence=Evidence("tradition", note=Text("Old hosts asked twice.")))) == []
    assert found(exercise(evidence=Evidence("tradition", ["https://tea.example"]))) == []
