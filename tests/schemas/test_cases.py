"""The cases in ``schemas/cases``, which ports to other languages run too, through the library."""

import base64
import json
import re
from inspect import getsource
from pathlib import Path
from typing import Any

import pytest
from strategies import in_python, in_rust

from intimacy_kit.loading import explaining, preflight, references
from intimacy_kit.loading.documents import read_document
from intimacy_kit.loading.explaining import explain, schema_names
from intimacy_kit.problems import Problem

CASES = Path(__file__).parents[2] / "schemas" / "cases"

#: Where our own rules go further than a validator left as it is: a whole pattern, whole numbers, and references.
_STRICTER = {
    "an id that ends in a line break is refused",
    "format 1.0 is no whole number",
}


def _cases(name: str) -> list[Any]:
    cases: list[Any] = json.loads((CASES / f"{name}.json").read_text("utf-8"))["cases"]
    return cases


DOCUMENTS = [
    pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
    for path in sorted(CASES.glob("*.json"))
    if path.stem != "bytes"
    for case in _cases(path.stem)
]
BYTES = [pytest.param(case, id=case["name"]) for case in _cases("bytes")]


def _problems(name: str, document: object) -> tuple[Problem, ...]:
    return read_document(document).problems if name == "pack" else explain(name, document)


def _bytes_of(case: Any) -> bytes:
    return case["text"].encode() if "text" in case else base64.b64decode(case["base64"])


@pytest.mark.parametrize(("name", "case"), DOCUMENTS)
def test_a_document_has_the_problems_its_case_says_and_no_others(name: str, case: Any) -> None:
    found = sorted((problem.code, problem.where.pointer) for problem in _problems(name, case["document"]))
    assert found == sorted((problem["code"], problem["pointer"]) for problem in case["problems"])


@pytest.mark.parametrize(("name", "case"), DOCUMENTS)
def test_two_other_validators_agree_with_a_case(name: str, case: Any) -> None:
    refused = any(problem["code"].startswith("K1") for problem in case["problems"])
    refused_by_both = refused or case["problems"][:1] == [{"code": "K309", "pointer": "/format"}]
    assert in_python(name).is_valid(case["document"]) == (not refused_by_both or case["name"] in _STRICTER)
    assert in_rust(name).is_valid(case["document"]) == (
        not refused_by_both or case["name"] == "format 1.0 is no whole number"
    )


@pytest.mark.parametrize("case", BYTES)
def test_bytes_have_the_problems_their_case_says_and_no_others(case: Any) -> None:
    found = preflight.preflight(_bytes_of(case)).problems
    assert [{"code": p.code, "line": p.where.line, "column": p.where.column} for p in found] == case["problems"]


def test_every_schema_has_cases() -> None:
    assert {path.stem for path in CASES.glob("*.json")} == {*schema_names(), "bytes"} - {"definitions"}


def test_every_code_is_in_some_case_and_in_the_read_me() -> None:
    given = {
        code for module in (explaining, preflight, references) for code in re.findall(r'"(K\d{3})"', getsource(module))
    } - {"K212"}  # takes several packs to happen
    shown = {
        problem["code"]
        for (case,) in (param.values[-1:] for param in (*DOCUMENTS, *BYTES))
        for problem in case["problems"]
    }
    told = set(re.findall(r"^\| (K\d{3}) \|", (CASES / "README.md").read_text("utf-8"), re.MULTILINE))
    assert shown == (given | {"K309"}) - {"K005", "K007"}
    assert told == given


def test_there_are_many_cases_and_each_has_a_name_of_its_own() -> None:
    names = [(name, case["name"]) for name, case in (param.values for param in DOCUMENTS)]
    assert len(set(names)) == len(names)
    assert sum(bool(param.values[-1]["problems"]) for param in (*DOCUMENTS, *BYTES)) >= 90
