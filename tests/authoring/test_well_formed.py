"""What is seen to be well at once the schema of its file accepts."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import PROMPT, activities, broken, journeys

from intimacy_kit.authoring.well_formed import is_well
from intimacy_kit.loading.explaining import explain

#: The schema of a file, the list in it, and the kind of what it lists.
FILES = {
    "prompts": ("prompts", "prompt"),
    "exercises": ("exercises", "exercise"),
    "check-ins": ("check_ins", "check_in"),
    "journeys": ("journeys", ""),
}
often = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def sources(schema: str) -> st.SearchStrategy[Any]:
    """Give files of a schema, good ones and such as somebody got wrong somewhere."""
    key, kind = FILES[schema]
    one: st.SearchStrategy[Any] = journeys if not kind else activities().filter(lambda one: one["kind"] == kind)
    bare = one.map(lambda one: {name: value for name, value in one.items() if name != "kind"})
    files = st.fixed_dictionaries({key: st.lists(one | bare, min_size=1, max_size=2)})
    return files | broken(files)


@pytest.mark.parametrize("schema", FILES)
def test_what_is_well_at_once_its_schema_accepts(schema: str) -> None:
    seen = set()

    @often
    @given(sources(schema))
    def holds(document: Any) -> None:
        well = is_well(document, *FILES[schema])
        seen.add(well)
        assert not well or explain(schema, document) == ()

    holds()
    assert seen == {True, False}


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"prompts": []},
        {"prompts": {}},
        {"prompts": [5]},
        {"prompts": [PROMPT], "more": 1},
        {"prompts": [{**PROMPT, "kind": "story"}]},
        {"prompts": [{**PROMPT, "topics": ["juggling"]}]},
        {"prompts": [{**PROMPT, "topics": "home"}]},
        {"prompts": [{**PROMPT, "topics": [["home"]]}]},
        {"prompts": [PROMPT] * 1001},
    ],
)
def test_what_no_schema_accepts_is_not_well(document: Any) -> None:
    assert not is_well(document, "prompts", "prompt")
    assert explain("prompts", document) != ()
