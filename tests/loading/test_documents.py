"""One compiled pack: from bytes, from a document, or from a path."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from strategies import PROMPT, TEA, WHOLE, as_bytes, pack_of

from intimacy_kit.content.activities import (
    Arc,
    CheckIn,
    Choice,
    Evidence,
    Exercise,
    FollowUps,
    Guide,
    Prompt,
    Question,
    Scale,
    Scene,
    Step,
    Story,
    Stuck,
)
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Resolved
from intimacy_kit.content.journeys import Booster, Journey, Stage
from intimacy_kit.content.migrations import Migration, Operation
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.content.timing import AtMost, Repeat
from intimacy_kit.errors import InvalidPackError, InvalidValueError
from intimacy_kit.loading.documents import ReadPack, kit_release, load_pack, read_document, read_pack
from intimacy_kit.loading.reading import pack_from
from intimacy_kit.problems import Problem, Where


def de(words: str) -> Text:
    return Text(words, "de")


COMMON: dict[str, Any] = {"skills": ["trust"], "depth": 1, "minutes": 5}

FROM_PACK: dict[str, Any] = {**COMMON, "licence": "CC0-1.0", "authors": ["Ada", "Ben"]}


def test_a_document_becomes_the_values_it_describes() -> None:
    assert pack_from(WHOLE) == Pack(
        name="tee",
        title=de("Tee"),
        version="1.2.0",
        languages=["de", "en"],
        authors=["Ada", "Ben"],
        licence="CC0-1.0",
        about=de("Bei einer Tasse."),
        requires_kit="0.1",
        activities=[
            Prompt(
                id="tee/tasse",
                text=de("Wer?"),
                skills=["trust"],
                depth=3,
                minutes=5,
                topics=["worry"],
                requires=AllOf(
                    [
                        AnyOf([Resolved("tee/rede"), Done("tee/frage")]),
                        AtLeast(1, [Elapsed(7, "other/x"), DistinctDays(2)]),
                        Count("journey", "tee/weg", 3),
                        Count("skill", "trust", 2),
                    ]
                ),
                repeat=Repeat(30, [7, 14], AtMost("skill", "trust", 2, "week")),
                purpose="landing",
                evidence=Evidence("trial", ["doi:10.1/1"], de("Alt.")),
                links=["tee/rede", "other/x"],
                rev=2,
                aliases=["tee/becher"],
                retired=True,
                licence="MIT",
                authors=["Cleo"],
                follow_ups=FollowUps(deeper=de("Und?")),
                solo=de("Schreib."),
                after=de("Sag es zurück."),
                mood="tender",
                shape="question",
            ),
            Exercise(
                **FROM_PACK,
                id="tee/rede",
                title=de("Rede"),
                about=de("Kurz."),
                roles=[("wer", de("wer redet"))],
                cautions=[de("Halt.")],
                steps=[Step(text=de("Red."), title=de("Eins"), each=[("wer", de("Red."))], seconds=60, in_turns=True)],
                when_stuck=[Stuck(de("Laut."), de("Wasser."))],
                solo=de("Allein."),
                why=de("Darum."),
            ),
            Story(
                **FROM_PACK,
                id="tee/reiher",
                title=de("Reiher"),
                people=de("Zwei."),
                arc=Arc(struggle=de("a"), turning_point=de("b"), outcome=de("c"), stayed_hard=de("d")),
                scenes=[
                    Scene(id="fluss", paragraphs=[de("Regen.")], choices=[Choice(de("Heim"), "heim")]),
                    Scene(id="heim", paragraphs=[de("Tee.")]),
                ],
                reflections=[de("Wer?")],
            ),
            CheckIn(
                **FROM_PACK,
                id="tee/nah",
                title=de("Nah?"),
                about=de("Kurz."),
                questions=[Question("wie", de("Wie nah?"))],
                scale=Scale(1, 7, de("fern"), de("nah")),
                validated=False,
                scoring="mean",
                picture="circles",
            ),
            Guide(
                **FROM_PACK,
                id="tee/frage",
                title=de("Was?"),
                answer=[de("Das.")],
                purpose="orientation",
                seek_help=de("Bald."),
            ),
        ],
        journeys=[
            Journey(
                id="tee/weg",
                title=de("Weg"),
                about=de("Hin."),
                stages=[Stage(id="eins", title=de("Eins"), about=de("Los."), offers=["tee/tasse"], asks=1)],
                boosters=[Booster(after_days=7, offers=["tee/tasse"])],
                alone=True,
            )
        ],
        migrations=[
            Migration(
                name="tee/2027-03-tee",
                operations=[
                    Operation(op="split", old=["tee/gespraech"], new=["tee/rede", "tee/frage"], credit="offered")
                ],
            )
        ],
    )
    assert read_document(WHOLE) == ReadPack(pack_from(WHOLE))


def test_reading_leaves_the_document_as_it_was() -> None:
    document = json.loads(json.dumps(WHOLE))
    read_document(document)
    assert document == WHOLE


def test_a_migration_is_of_the_pack_it_stands_in() -> None:
    (migration,) = WHOLE["migrations"]
    changed = {**WHOLE, "migrations": [{**migration, "name": "other/2027-03-tee"}]}
    with pytest.raises(InvalidValueError, match="must be the name of a migration"):
        pack_from(changed)
    assert {problem.code for problem in read_document(changed).problems} == {"K105"}


@pytest.mark.parametrize("document", [None, True, 5, "tea", [], [TEA], {}], ids=repr)
def test_what_is_no_pack_at_all_is_told_and_not_raised(document: Any) -> None:
    # attack 15
    read = read_document(document)
    assert read.pack is None
    assert {problem.code for problem in read.problems} <= {"K101", "K103"}
    assert read.problems


def test_a_document_of_tomorrow_says_which_kit_it_needs_before_anything_else() -> None:
    # attack 16
    def said(**more: Any) -> list[str]:
        return [str(problem) for problem in read_document({**TEA, **more}, kit="0.1.0").problems]

    later = "pack.json#/format: K309 the pack is in format 2, this kit reads format 1"
    assert said(format=2, requires_kit="2.0", strange=1) == [f"{later} (it needs intimacy-kit 2.0 or newer)"]
    assert said(format=2, requires_kit="soon") == [f"{later} (upgrade intimacy-kit)"]
    assert said(requires_kit="0.2", strange=1) == [
        "pack.json#/requires_kit: K311 this is intimacy-kit 0.1.0 (it needs intimacy-kit 0.2 or newer)"
    ]
    assert said(requires_kit="0.1.0") == said(requires_kit="0.1") == []


@pytest.mark.parametrize(("kit", "needed"), [("1.0", "1.0.0"), ("0.2.0rc1", "0.2"), ("0.10", "0.9.9"), ("", "99.0")])
def test_a_kit_that_is_new_enough_or_unknown_is_no_problem(kit: str, needed: str) -> None:
    assert read_document({**TEA, "requires_kit": needed}, kit=kit).problems == ()


def test_format_true_is_not_of_tomorrow_but_wrong() -> None:
    # attack 18
    assert [p.code for p in read_document({**TEA, "format": True}).problems] == ["K103"]


def test_the_kit_knows_its_release() -> None:
    assert kit_release().count(".") == 2


def test_a_kit_that_was_not_installed_knows_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    assert kit_release() == ""


def test_bytes_are_read_with_the_lines_of_what_is_wrong() -> None:
    data = json.dumps(pack_of({**PROMPT, "minutes": 0, "links": ["x/y/z"]}), indent=1).encode()
    assert [str(problem) for problem in read_pack(data, "a.json").problems] == [
        "a.json:22:15: K107 0 is too small, the least is 1 (write a number from 1 to 240)",
        (
            "a.json:25:5: K105 'x/y/z' is not written as it must be "
            "(The name of an activity: coming-back in this pack, or foundations/coming-back in another one.)"
        ),
    ]


def test_a_pack_is_loaded_from_its_file_from_its_package_and_from_its_sources(tmp_path: Path) -> None:
    package = tmp_path / "src" / "intimacy_pack_tea"
    package.mkdir(parents=True)
    (package / "pack.json").write_bytes(as_bytes(pack_of(PROMPT)))
    expected = pack_from(pack_of(PROMPT))
    assert load_pack(package / "pack.json") == load_pack(str(package)) == load_pack(tmp_path) == expected


def test_a_pack_in_the_folder_itself_comes_before_one_below(tmp_path: Path) -> None:
    package = tmp_path / "src" / "a"
    package.mkdir(parents=True)
    (package / "pack.json").write_bytes(b"[")
    (tmp_path / "pack.json").write_bytes(as_bytes(TEA))
    assert load_pack(tmp_path).name == "tea"


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_place_without_a_pack_says_what_to_do(tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    with pytest.raises(InvalidPackError) as refused:
        load_pack(place)
    problem = Problem(
        Where(str(place)), "K304", "there is no pack.json here", "run 'intimacy-kit build' in a folder of sources"
    )
    assert refused.value.problems == (problem,)
    assert str(refused.value) == f"pack '{place}' cannot be used: {problem}"


def test_a_pack_that_cannot_be_used_is_refused_with_all_its_problems(tmp_path: Path) -> None:
    (tmp_path / "pack.json").write_bytes(as_bytes({**TEA, "format": 0, "name": "Tea"}))
    with pytest.raises(InvalidPackError) as refused:
        load_pack(tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["K107", "K105"]
    assert str(refused.value).startswith(
        f"pack '{tmp_path}' cannot be used: {tmp_path / 'pack.json'}:1:12: K107 0 is too small"
    )
    assert str(refused.value).endswith("; and 1 more in .problems")


def test_the_pack_that_comes_with_the_kit_loads() -> None:
    pack = load_pack(Path(__file__).parents[2] / "packs" / "foundations")
    assert pack.name == "foundations"
