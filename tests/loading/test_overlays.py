"""The words of a pack in other languages: exactly these and nothing else, and never words that do not fit."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from little_installs import document, info_of, install, package_of, record
from strategies import PROMPT, WHOLE, as_bytes, broken, in_python, in_rust, pack_of, packs

from intimacy_kit.authoring.languages.compiling import overlay_bytes
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.texts import in_language, texts
from intimacy_kit.errors import InvalidPackError
from intimacy_kit.loading import installed, overlays
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.documents import load_pack
from intimacy_kit.loading.explaining import explain
from intimacy_kit.loading.overlays import (
    Overlay,
    about_translation,
    asked_for,
    overlay_file,
    read_overlay,
    with_overlays,
)
from intimacy_kit.loading.reading import pack_from
from intimacy_kit.problems import Problem, Where

often = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

NO_LINKS = not hasattr(os, "geteuid")  # where links need rights
SAFE_EXERCISE: Any = {
    "kind": "exercise",
    "id": "pour",
    "skills": ["trust"],
    "depth": 1,
    "minutes": 5,
    "title": "Pour",
    "about": "One pours.",
    "cautions": ["Stop when you like."],
    "steps": [{"text": "Pour."}],
}


def tea(*activities: Any, languages: tuple[str, ...] = ("en", "es")) -> Pack:
    return pack_from(pack_of(*(activities or (PROMPT,)), languages=list(languages)))


def overlay(there: Pack, language: str = "es", **changed: Any) -> bytes:
    """Return an overlay with a word for every text, some of its fields changed."""
    made = json.loads(overlay_bytes(there, language, {one.context: f"¡{one.context}!" for one, _ in texts(there)}))
    return as_bytes({**made, **changed})


def read(pack: Pack, data: bytes, language: str = "es") -> Overlay:
    found = read_overlay(data, "pack.es.json", pack, language)
    assert found.overlay is not None, found.problems
    return found.overlay


def codes(pack: Pack, data: bytes, language: str = "es") -> list[str]:
    found = read_overlay(data, "pack.es.json", pack, language)
    assert (found.overlay is None) == bool(found.problems)
    return [str(problem) for problem in found.problems]


# The law


@often
@given(packs(), st.data())
def test_loading_what_compiling_made_gives_exactly_these_words_and_changes_nothing_else(
    document: Any, data: Any
) -> None:
    pack = pack_from({**document, "languages": ["en", "es", "ar"]})
    there = {one.context: one for one, _ in texts(pack)}
    assume(len(there) == sum(1 for _ in texts(pack)))  # a pack whose ids are used once
    made = {
        language: {context: f"{language}"[: one.most] for context, one in there.items() if data.draw(st.booleans())}
        for language in ("es", "ar")
    }
    loaded = with_overlays(pack, [read(pack, overlay_bytes(pack, tag, words), tag) for tag, words in made.items()])
    unsafe = {
        (context.partition("/")[0], tag)
        for said, owner in texts(pack)
        for context in [said.context]
        for tag, words in made.items()
        if overlays.is_safety(owner, context) and context not in words
    }
    for said, _ in texts(loaded):
        slug = said.context.partition("/")[0]
        wanted = {tag: words[said.context] for tag, words in made.items() if said.context in words}
        assert dict(said.text.others) == {tag: one for tag, one in wanted.items() if (slug, tag) not in unsafe}
    assert in_language(loaded, "en") == pack


# Text by text


def test_a_text_whose_original_has_changed_is_shown_as_it_is_written_now() -> None:
    before = tea()
    now = tea({**PROMPT, "text": "Who made your second cup today?", "solo": "Write it down."})
    loaded = with_overlays(now, [read(before, overlay(before))])
    assert loaded.activities[0].title.in_language("es") == "Who made your second cup today?"
    assert loaded.title.in_language("es") == "¡title!"


def test_an_activity_without_all_of_its_safety_text_is_shown_as_it_was_written() -> None:
    pack = tea(SAFE_EXERCISE, PROMPT)
    whole = read(pack, overlay(pack))
    assert with_overlays(pack, [whole]).activities[0].title.in_language("es") == "¡pour/title!"
    lacking = evolve(whole, texts={name: one for name, one in whole.texts.items() if name != "pour/cautions.1"})
    loaded = with_overlays(pack, [lacking])
    assert loaded.activities[0] == pack.activities[0]
    assert loaded.activities[1].title.in_language("es") == "¡first-cup/text!"


def test_safety_text_that_is_stale_counts_as_missing_in_that_language_only() -> None:
    before, now = (tea({**SAFE_EXERCISE, "cautions": [words]}) for words in ("Stop.", "Stop when you like."))
    loaded = with_overlays(now, [read(before, overlay(before)), evolve(read(now, overlay(now)), language="ar")])
    assert loaded.activities[0].title.others == (("ar", "¡pour/title!"),)


def test_what_no_text_is_called_any_more_is_left_out() -> None:
    pack = tea()
    found = read(pack, overlay(pack))
    more = evolve(found, texts={**found.texts, "gone/text": ("0" * 16, "Hm.")})
    assert with_overlays(pack, [more]) == with_overlays(pack, [found])
    assert with_overlays(pack, []) is pack


# What is refused


def test_words_of_another_pack_or_language_are_refused() -> None:
    pack = tea()
    (said,) = codes(pack, overlay(pack, pack="coffee"))
    hint = "(run 'intimacy-kit build' and release it again)"
    assert said == f"pack.es.json:1:23: K823 these are words of the pack 'coffee', not 'tea' {hint}"
    assert [one.split()[1] for one in codes(pack, overlay(pack), "ar")] == ["K823"]


def test_words_that_are_too_long_for_their_place_are_refused_with_the_place() -> None:
    pack = tea()
    texts_of = {"first-cup/text": {"of": "0" * 16, "words": "x" * 301}, "title": {"of": "0" * 16, "words": "x" * 120}}
    (said,) = codes(pack, overlay(pack, texts=texts_of))
    assert said.endswith("K106 the text is longer than 300 characters")


def test_an_overlay_of_a_format_of_tomorrow_asks_for_a_newer_kit_and_nothing_else() -> None:
    pack = tea()
    (said,) = codes(pack, overlay(pack, format=2, news=True))
    assert "K309 the overlay is in a format of tomorrow" in said


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"\xff", "K001"), (b"{", "K003"), (b"[]", "K103"), (b'{"format": 1.5}', "K008"), (b'{"a": 1, "a": 2}', "K004")],
)
def test_bytes_that_are_no_overlay_are_refused_as_those_of_a_pack_are(data: bytes, code: str) -> None:
    assert [one.split()[1] for one in codes(tea(), data)][:1] == [code]


def test_words_that_steer_a_screen_are_refused() -> None:
    pack = tea()
    bad = {"title": {"of": "0" * 16, "words": "T\u202eé"}}
    assert [one.split()[1] for one in codes(pack, overlay(pack, texts=bad))] == ["K009"]


def test_should_schema_and_values_ever_disagree_nothing_broken_gets_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlays, "explain", lambda *_: ())
    assert [one.split()[1] for one in codes(tea(), b"[]")] == ["K199"]


@often
@given(broken(st.just(json.loads(overlay(pack_from(WHOLE))))))
def test_what_the_schema_accepts_is_what_is_read(made: Any) -> None:
    verdicts = {
        overlays._is_overlay(made),
        not explain("overlay", made),
        in_python("overlay").is_valid(made),
        in_rust("overlay").is_valid(made),
    }
    assert len(verdicts) == 1


def test_only_problems_of_translations_are_about_translations() -> None:
    assert about_translation(Problem(Where("tea 1.0"), "K304", "it was installed without a/pack.pt-BR.json"))
    assert about_translation(Problem(Where("tea 1.0: pack.es.json"), "K003", "this is not JSON"))
    assert not about_translation(Problem(Where("tea 1.0: pack.json"), "K003", "this is not JSON"))


# From files


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder in which a pack in three languages is installed, whole."""
    pack = pack_from(_document())
    install(tmp_path, "tea", as_bytes(_document()))
    for language in pack.languages[1:]:
        (tmp_path / package_of("tea") / overlay_file(language)).write_bytes(overlay(pack, language))
    record(tmp_path, "tea")
    return tmp_path


def _document() -> Any:
    return {**document("tea"), "languages": ["en", "es", "ar"]}


def catalog(site: Path, **more: Any) -> Catalog:
    return Catalog.installed(path=[str(site)], **more)


def heard(there: Catalog, *wanted: str) -> str:
    return there["tea/first-cup"].title.in_language(*wanted)


def test_an_installed_pack_brings_its_translations(site: Path) -> None:
    there = catalog(site)
    assert there.problems == ()
    assert heard(there, "es-MX") == "¡first-cup/text!"
    assert heard(there, "fr") == PROMPT["text"]


def test_an_app_that_says_what_it_asks_for_pays_for_nothing_else(site: Path) -> None:
    there = catalog(site, languages=iter(["es-MX", "en"]))
    assert there["tea/first-cup"].title.others == (("es", "¡first-cup/text!"),)
    assert catalog(site, languages=[])["tea/first-cup"].title.others == ()
    assert asked_for(there.packs[0], ["ar-EG"]) == ("ar",)
    assert asked_for(there.packs[0], None) == ("es", "ar")


def test_a_file_of_a_language_that_the_pack_does_not_list_is_not_read(site: Path) -> None:
    (site / package_of("tea") / "pack.de.json").write_text("no overlay at all", "utf-8")
    record(site, "tea")
    assert catalog(site).problems == ()


def _missing(file: Path) -> str:
    file.unlink()
    return "K304 it was installed without intimacy_pack_tea/pack.es.json"


def _gone(file: Path) -> str:
    file.unlink()
    return "K304 there is no pack.es.json in its package"


def _changed(file: Path) -> str:
    file.write_bytes(file.read_bytes() + b" ")
    return "K307 its pack.es.json was changed after it was installed"


def _linked(file: Path) -> str:
    file.rename(file.with_name("elsewhere.json"))
    file.symlink_to(file.with_name("elsewhere.json"))
    return "K305 its pack.es.json is a link or no file"


def _broken(file: Path) -> str:
    file.write_text("{", "utf-8")
    return "K003 this is not JSON"


@pytest.mark.parametrize(
    ("harm", "recorded"),
    [
        (_missing, True),
        (_gone, False),
        (_changed, False),
        (_broken, True),
        pytest.param(_linked, True, marks=pytest.mark.skipif(NO_LINKS, reason="links need rights here")),
    ],
)
def test_a_broken_translation_is_told_and_the_pack_is_used_without_it(
    site: Path, harm: Callable[[Path], str], recorded: bool
) -> None:
    said = harm(site / package_of("tea") / "pack.es.json")
    if recorded:
        record(site, "tea")
    there = catalog(site)
    (problem,) = there.problems
    assert said in str(problem)
    assert about_translation(problem)
    assert there.refused == frozenset()
    assert there["tea/first-cup"].title.others == (("ar", "¡first-cup/text!"),)
    with pytest.raises(InvalidPackError, match="pack 'tea' cannot be used"):
        catalog(site, strict=True)


def test_translations_that_cannot_be_opened_are_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_bytes = installed._bytes

    def failing(file: Path, *more: Any, **named: Any) -> bytes:
        if file.name == "pack.ar.json":
            raise PermissionError(13, "Permission denied")
        return read_bytes(file, *more, **named)

    monkeypatch.setattr(installed, "_bytes", failing)
    assert [str(one) for one in catalog(site).problems] == [
        "intimacy-pack-tea 1.0: K304 its files cannot be read: Permission denied (reinstall it)"
    ]


def test_all_translations_together_have_a_limit(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = (site / package_of("tea") / "pack.es.json").stat().st_size
    monkeypatch.setattr(installed, "_MOST_TRANSLATED", size + 5)
    there = catalog(site)
    assert [str(one) for one in there.problems] == [
        f"intimacy-pack-tea 1.0: K005 its translations are larger than {size + 5} bytes (ship fewer of them)"
    ]
    assert there["tea/first-cup"].title.others == (("es", "¡first-cup/text!"),)


def test_a_refused_pack_says_nothing_of_its_translations(site: Path) -> None:
    (site / package_of("tea") / "pack.json").write_text("{", "utf-8")
    record(site, "tea")
    assert [problem.code for problem in catalog(site).problems] == ["K003"]


def test_a_pack_that_is_there_twice_is_told_once_for_each_and_without_its_translations(site: Path) -> None:
    install(site, "tea", as_bytes(_document()), "another-tea")
    (site / package_of("tea") / "pack.es.json").write_text("{", "utf-8")
    record(site, "tea")
    record(site, "tea", "another-tea")
    assert {problem.code for problem in catalog(site).problems} == {"K308"}


def test_an_editable_pack_brings_its_translations(site: Path) -> None:
    package = site / package_of("tea")
    project = site / "project"
    (project / "src").mkdir(parents=True)
    package.rename(project / "src" / package.name)
    origin = {"url": project.as_uri(), "dir_info": {"editable": True}}
    (info_of(site, "intimacy-pack-tea") / "direct_url.json").write_text(json.dumps(origin), "utf-8")
    assert heard(catalog(site), "ar") == "¡first-cup/text!"


def test_a_pack_in_a_folder_brings_its_translations_and_says_which_are_missing(site: Path) -> None:
    folder = site / package_of("tea")
    assert load_pack(folder).activities[0].title.in_language("ar") == "¡first-cup/text!"
    (folder / "pack.ar.json").unlink()
    (folder / "pack.es.json").write_text("{", "utf-8")
    with pytest.raises(InvalidPackError) as raised:
        load_pack(folder)
    assert [problem.code for problem in raised.value.problems] == ["K003", "K304"]
    assert "there is no pack.ar.json beside it" in raised.value.problems[1].message
    assert load_pack(folder, languages=[]).languages == ("en", "es", "ar")
