"""The migrations in a folder of sources: compiled into the pack, and told where they are wrong."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from code_pages import TEA

from intimacy_kit.authoring.building import compile_pack
from intimacy_kit.content.migrations import Migration, Operation


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEA, tmp_path / "tea"))


def migrate(tea: Path, *operations: dict[str, Any], name: str = "2027-03-cups") -> None:
    (tea / "migrations").mkdir(exist_ok=True)
    (tea / "migrations" / f"{name}.json").write_text(json.dumps({"operations": operations}, indent=1), "utf-8")


def told(tea: Path) -> list[str]:
    return [str(problem) for problem in compile_pack(tea).problems]


RENAME = {"op": "rename", "old": ["old-spoon"], "new": ["oldest-spoon"]}


def test_what_became_of_an_id_is_in_the_compiled_pack_and_an_alias(tea: Path) -> None:
    migrate(tea, RENAME)
    pack = compile_pack(tea).pack
    assert pack is not None
    renamed = Operation(op="rename", old=["tea/old-spoon"], new=["tea/oldest-spoon"])
    assert pack.migrations == (Migration(name="tea/2027-03-cups", operations=[renamed]),)
    assert {one.slug: one.aliases for one in pack.activities if one.aliases} == {"oldest-spoon": ("tea/old-spoon",)}


def test_without_migrations_the_compiled_pack_is_as_it_was(tea: Path) -> None:
    assert b"migrations" not in compile_pack(tea).data


def test_over_several_migrations_all_names_lead_to_the_last_one(tea: Path) -> None:
    migrate(tea, {"op": "rename", "old": ["first-spoon"], "new": ["old-spoon"]}, name="2027-01-spoon")
    migrate(tea, RENAME)
    pack = compile_pack(tea).pack
    assert pack is not None
    spoon = next(one for one in pack.activities if one.slug == "oldest-spoon")
    assert spoon.aliases == ("tea/old-spoon", "tea/first-spoon")
    assert [one.name for one in pack.migrations] == ["tea/2027-01-spoon", "tea/2027-03-cups"]


def test_an_alias_that_is_written_already_is_not_doubled(tea: Path) -> None:
    path = tea / "prompts" / "light.yaml"
    path.write_text(
        path.read_text("utf-8").replace("- id: oldest-spoon", "- id: oldest-spoon\n    aliases: [old-spoon]")
    )
    migrate(tea, RENAME)
    pack = compile_pack(tea).pack
    assert pack is not None
    assert [one.aliases for one in pack.activities if one.slug == "oldest-spoon"] == [("tea/old-spoon",)]


def test_each_part_of_what_was_split_has_its_name(tea: Path) -> None:
    migrate(tea, {"op": "split", "old": ["spoons"], "new": ["oldest-spoon", "steam-drawing"]})
    pack = compile_pack(tea).pack
    assert pack is not None
    assert {one.slug for one in pack.activities if "tea/spoons" in one.aliases} == {"oldest-spoon", "steam-drawing"}


def test_a_journey_may_be_renamed(tea: Path) -> None:
    migrate(tea, {"op": "rename", "old": ["first-pot"], "new": ["one-pot"]})
    assert told(tea) == []


@pytest.mark.parametrize(
    ("operations", "code", "said"),
    [
        ([{"op": "rename", "old": ["cold-tea"], "new": ["oldest-spoon"]}], "K841", "'cold-tea' is still in the pack"),
        ([{"op": "rename", "old": ["old"], "new": ["oldest-spon"]}], "K842", "did you mean 'oldest-spoon'?"),
        ([{"op": "rename", "old": ["old"], "new": ["bicycle-bell"]}], "K842", "write it first"),
        ([RENAME, {"op": "retire", "old": ["old-spoon"]}], "K843", "became something else in migrations/2027-03-cups"),
        (
            [{"op": "rename", "old": ["a"], "new": ["b"]}, {"op": "rename", "old": ["b"], "new": ["a"]}],
            "K844",
            "these become each other: ",
        ),
        ([{"op": "split", "old": ["old"], "new": ["oldest-spoon", "one-pot"]}], "K845", "cannot become each other"),
    ],
)
def test_an_operation_that_leads_nowhere_is_told_at_its_line(
    tea: Path, operations: list[dict[str, Any]], code: str, said: str
) -> None:
    migrate(tea, *operations)
    (line,) = told(tea)
    assert line.startswith("migrations/2027-03-cups.json:")
    assert f": {code} " in line
    assert said in line


def test_what_is_not_well_written_is_told_and_hides_nothing_else(tea: Path) -> None:
    migrate(tea, {"op": "remove", "old": ["cup"]})
    migrate(tea, RENAME, name="Umbenannt")
    (tea / "migrations" / "notes.txt").write_text("later")
    (tea / "migrations" / "empty.json").write_text(" ")
    (tea / "migrations" / "cut.json").write_text('{"operations": [')
    (tea / "migrations" / "bytes.json").write_bytes(b"\xff")
    (tea / "migrations" / ".hidden").write_text("")
    codes = [(problem.where.file, problem.code) for problem in compile_pack(tea).problems]
    assert codes == [
        ("migrations/2027-03-cups.json", "K104"),
        ("migrations/Umbenannt.json", "K846"),
        ("migrations/bytes.json", "K001"),
        ("migrations/cut.json", "K003"),
        ("migrations/empty.json", "K409"),
        ("migrations/notes.txt", "K406"),
    ]


def test_while_another_source_cannot_be_read_no_target_is_said_to_be_missing(tea: Path) -> None:
    migrate(tea, RENAME)
    (tea / "prompts" / "light.yaml").write_text("prompts: [")
    assert all(problem.where.file == "prompts/light.yaml" for problem in compile_pack(tea).problems)
