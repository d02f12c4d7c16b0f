"""From PO files to overlays, how far they are, and the languages for testing."""

import json
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from little_sources import SPANISH, Sources
from strategies import WHOLE, packs

from intimacy_kit.authoring.languages.compiling import compile_overlays
from intimacy_kit.authoring.languages.pseudo import in_pseudo, pseudo_overlays
from intimacy_kit.authoring.languages.status import status
from intimacy_kit.content.languages import PSEUDO, PSEUDO_RIGHT_TO_LEFT
from intimacy_kit.content.text import Text
from intimacy_kit.content.texts import Said, texts
from intimacy_kit.loading.documents import load_pack
from intimacy_kit.loading.overlays import overlay_file, read_overlay, with_overlays
from intimacy_kit.loading.reading import pack_from


@pytest.fixture
def tea(tmp_path: Path) -> Sources:
    """Return the sources of a pack that is translated into Spanish."""
    sources = Sources(tmp_path)
    sources.translate(SPANISH)
    return sources


def test_what_a_translator_wrote_is_what_people_read(tea: Sources) -> None:
    tea.build()
    loaded = load_pack(tea.root)
    assert {said.context: said.text.in_language("es") for said, _ in texts(loaded)} == SPANISH
    assert {said.context: said.text.words for said, _ in texts(loaded)} == {
        said.context: said.text.words for said, _ in texts(tea.pack)
    }


def test_compiling_twice_gives_the_same_bytes(tea: Sources) -> None:
    first = compile_overlays(tea.root, tea.pack)
    assert compile_overlays(tea.root, tea.pack) == first
    document = json.loads(first["pack.es.json"])
    assert [document[name] for name in ("format", "pack", "version", "language")] == [1, "tea", "1.0", "es"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('msgstr "Té"', 'msgstr ""'),
        ('msgstr "Té"', 'msgstr " Té"'),
        ('msgstr "Té"', 'msgstr "T\u202eé"'),
        ('msgstr "Té"', f'msgstr "{"Té" * 61}"'),
        ('msgid "Tea"', 'msgid "Teas"'),
        ("#: intimacy-pack.yaml:3\n", "#: intimacy-pack.yaml:3\n#, fuzzy\n"),
    ],
)
def test_words_that_are_missing_unsure_or_cannot_be_shown_are_left_out(tea: Sources, old: str, new: str) -> None:
    tea.change("locale/es.po", old, new)
    tea.build()
    assert load_pack(tea.root).title.others == ()
    assert load_pack(tea.root).about.in_language("es") == SPANISH["about"]


def test_work_in_progress_is_not_compiled_and_a_language_without_a_file_has_no_words(tea: Sources) -> None:
    tea.ships("en, fr")
    overlays = compile_overlays(tea.root, tea.pack)
    assert list(overlays) == ["pack.fr.json"]
    assert json.loads(overlays["pack.fr.json"])["texts"] == {}


def test_status_counts_texts_words_and_safety_text(tea: Sources) -> None:
    tea.change("locale/es.po", f'msgstr "{SPANISH["pour/cautions.1"]}"', 'msgstr ""')
    tea.change("intimacy-pack.yaml", "title: Tea", "title: More tea")
    tea.extract("de")
    tea.write("locale/spanish.po", "")
    tea.write("locale/en.po", "")
    spanish, german = status(tea.root, tea.pack)
    assert (spanish.language, spanish.shipped, spanish.texts, spanish.translated) == ("es", True, 9, 7)
    assert (spanish.missing, spanish.stale, spanish.percent) == (1, 1, 77)
    assert spanish.words_left == len(["More", "tea", "Stop", "when", "you", "like"])
    assert (spanish.safety, spanish.safe) == (1, 0)
    assert (german.language, german.shipped, german.translated, german.percent) == ("de", False, 0, 0)


def test_status_does_not_count_what_is_retired_and_tells_of_a_broken_file(tea: Sources) -> None:
    tea.change("exercises/table.yaml", "title: Pour", "title: Pour\n    retired: true")
    tea.change("locale/es.po", 'msgstr "Té"', 'msgstr "Té')
    tea.ships("en, es, fr")
    spanish, french = status(tea.root, tea.pack)
    assert (spanish.texts, spanish.safety) == (4, 0)
    assert [problem.code for problem in spanish.problems] == ["K801"]
    assert (french.missing, french.problems) == (4, ())


# The languages for testing


def test_a_pseudo_language_is_a_third_longer_and_shows_where_it_is_cut_off() -> None:
    words = "What did somebody once bring you in a hard week?"
    made = in_pseudo(Said("a/text", "", Text(words), 300), PSEUDO)
    assert 1.2 < len(made) / len(words) < 1.5
    assert (made[0], made[-1]) == ("⟦", "⟧")
    assert not set(words.replace(" ", "").replace("?", "")) & set(made)


def test_a_pseudo_language_keeps_to_the_limits_whatever_the_original() -> None:
    for length in range(100, 121):
        for tag in (PSEUDO, PSEUDO_RIGHT_TO_LEFT):
            assert len(in_pseudo(Said("title", "", Text("a" * length), 120), tag)) <= 120


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(packs())
def test_every_text_of_every_pack_can_be_shown_in_the_pseudo_languages(document: object) -> None:
    pack = pack_from(document)
    listed, overlays = pseudo_overlays(pack)
    for tag in (PSEUDO, PSEUDO_RIGHT_TO_LEFT):
        assert read_overlay(overlays[overlay_file(tag)], "", listed, tag).problems == ()


def test_the_pseudo_languages_have_words_for_every_text() -> None:
    pack = evolve(pack_from(WHOLE), languages=["de"])
    listed, overlays = pseudo_overlays(pack)
    read = [read_overlay(data, name, listed, name.split(".")[1]).overlay for name, data in overlays.items()]
    loaded = with_overlays(listed, [one for one in read if one])
    assert {tag for said, _ in texts(loaded) for tag, _ in said.text.others} == {PSEUDO, PSEUDO_RIGHT_TO_LEFT}
    assert all(len(said.text.others) == 2 for said, _ in texts(loaded))
