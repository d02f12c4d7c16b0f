"""Files for translators: everything is in them, and nothing that anybody wrote is lost."""

from pathlib import Path

import polib
import pytest
from attrs import evolve
from little_sources import SPANISH, Sources

from intimacy_kit.authoring.building import compile_pack
from intimacy_kit.authoring.languages.describing import _CALLED, described
from intimacy_kit.authoring.languages.extracting import Template, extract, template_file
from intimacy_kit.authoring.languages.po_files import Entry
from intimacy_kit.authoring.languages.po_reading import parse_po
from intimacy_kit.content.texts import texts
from intimacy_kit.loading.documents import load_pack

ROOT = Path(__file__).parents[3]
BOIL = "      - text: Boil the water.\n"


@pytest.fixture
def tea(tmp_path: Path) -> Sources:
    """Return the sources of a pack that is translated into Spanish."""
    sources = Sources(tmp_path)
    sources.translate(SPANISH)
    return sources


def entries(text: str) -> dict[str, Entry]:
    found = parse_po(text, "es.po").entries
    return {one.context: one for one in sorted(found, key=lambda one: not one.obsolete)}


def words(text: str) -> dict[str, str]:
    return {context: one.words for context, one in entries(text).items() if not one.obsolete}


def test_a_new_file_holds_all_that_a_translator_needs(tmp_path: Path) -> None:
    text = Sources(tmp_path).extract("pl")
    assert text.startswith('msgid ""\nmsgstr ""\n"Project-Id-Version: tea 1.0\\n"\n"Language: pl\\n"\n')
    assert "nplurals=3" in text
    assert (
        "#. Exercise, light: shown before it begins. At most 300 characters.\n"
        "#. Safety text: the pack cannot be shipped in a language without it.\n"
        "#: exercises/table.yaml:8\n"
        'msgctxt "pour/cautions.1"\n'
        'msgid "Stop when you like."\n'
        'msgstr ""\n'
    ) in text
    assert list(words(text)) == list(SPANISH)
    assert polib.pofile(text).metadata["Language"] == "pl"


def test_extracting_again_changes_nothing(tea: Sources) -> None:
    text = tea.read("locale/es.po")
    assert tea.extract() == text
    found = extract(tea.root, Template.of(tea.pack, compile_pack(tea.root).placed), "es")
    assert (found.new, found.changed, found.gone) == (0, 0, 0)


def test_what_translators_and_tools_wrote_into_the_file_stays(tea: Sources) -> None:
    tea.change("locale/es.po", 'msgid ""\nmsgstr ""\n', '# By Ana\nmsgid ""\nmsgstr ""\n"X-Tool: pen\\n"\n')
    tea.change("locale/es.po", "#. The pack: its name.", "# As in the song\n#. The pack: its name.")
    text = tea.extract()
    assert text.startswith('# By Ana\nmsgid ""')
    assert '"X-Tool: pen\\n"' in text
    assert entries(text)["title"].notes == ("As in the song",)


def test_words_whose_original_has_changed_are_kept_beside_what_it_said_before(tea: Sources) -> None:
    tea.change("prompts/light.yaml", "your* first cup", "your* second cup")
    found = extract(tea.root, Template.of(tea.pack, compile_pack(tea.root).placed), "es")
    assert (found.new, found.changed, found.gone) == (0, 1, 0)
    entry = entries(found.text)["first-cup/text"]
    assert entry.fuzzy
    assert entry.previous == "Who made *your* first cup today?"
    assert entry.words == SPANISH["first-cup/text"]


def test_what_is_fuzzy_remembers_the_original_that_it_was_written_for(tea: Sources) -> None:
    tea.change("prompts/light.yaml", "first cup", "second cup")
    tea.extract()
    tea.change("prompts/light.yaml", "second cup", "third cup")
    entry = entries(tea.extract())["first-cup/text"]
    assert (entry.previous, entry.flags) == ("Who made *your* first cup today?", ("fuzzy",))


def test_an_original_that_is_taken_back_makes_its_words_sure_again(tea: Sources) -> None:
    before = tea.read("locale/es.po")
    tea.change("prompts/light.yaml", "first cup", "second cup")
    tea.extract()
    tea.change("prompts/light.yaml", "second cup", "first cup")
    assert tea.extract() == before


def test_once_the_words_are_sure_nothing_is_left_of_what_the_original_was(tea: Sources) -> None:
    tea.change("prompts/light.yaml", "first cup", "second cup")
    tea.extract()
    tea.change("locale/es.po", "#, fuzzy\n", "")
    entry = entries(tea.extract())["first-cup/text"]
    assert (entry.fuzzy, entry.previous) == (False, "")


def test_a_changed_original_without_words_is_simply_the_new_one(tmp_path: Path) -> None:
    tea = Sources(tmp_path)
    tea.extract()
    tea.change("locale/es.po", 'msgctxt "title"', "# Ana: later\n" + 'msgctxt "title"')
    tea.change("intimacy-pack.yaml", "title: Tea", "title: More tea")
    entry = entries(tea.extract())["title"]
    assert (entry.original, entry.words, entry.fuzzy, entry.notes) == ("More tea", "", False, ("Ana: later",))


def test_words_move_with_their_step_when_one_is_put_in_between(tea: Sources) -> None:
    tea.change("exercises/table.yaml", "      - text: Boil", "      - text: Fetch water.\n      - text: Boil")
    found = words(tea.extract())
    assert found["pour/steps.1.text"] == ""
    assert found["pour/steps.2.text"] == SPANISH["pour/steps.1.text"]
    assert found["pour/steps.3.text"] == SPANISH["pour/steps.2.text"]
    assert "fuzzy" not in tea.read("locale/es.po")


def test_words_change_places_with_their_steps(tea: Sources) -> None:
    text = tea.read("exercises/table.yaml")
    head, one, two = text.rpartition("      - text: Boil the water.\n")
    tea.write("exercises/table.yaml", head + two + one)
    found = words(tea.extract())
    assert found["pour/steps.1.text"] == SPANISH["pour/steps.2.text"]
    assert found["pour/steps.2.text"] == SPANISH["pour/steps.1.text"]


def test_of_two_steps_that_say_the_same_each_keeps_its_own_words(tmp_path: Path) -> None:
    tea = Sources(tmp_path)
    tea.change("exercises/table.yaml", "Pour it out slowly.", "Boil the water.")
    tea.translate({**SPANISH, "pour/steps.2.text": "Hervimos más agua."})
    tea.change("exercises/table.yaml", "      - text: Boil the water.\n" * 2, f"{BOIL}      - text: Wait.\n{BOIL}")
    found = words(tea.extract())
    assert [found[f"pour/steps.{n}.text"] for n in (1, 2, 3)] == ["Hervimos el agua.", "", "Hervimos más agua."]


def test_words_in_use_count_before_those_that_were_put_away(tea: Sources) -> None:
    kept = '\n#~ msgctxt "title"\n#~ msgid "Old tea"\n#~ msgstr "Té viejo"\n'
    tea.write("locale/es.po", tea.read("locale/es.po") + kept)
    tea.change("intimacy-pack.yaml", "title: Tea", "title: New tea")
    entry = entries(tea.extract())["title"]
    assert (entry.words, entry.previous) == ("Té", "Tea")


def test_words_of_a_text_that_is_gone_stay_at_the_end_and_come_back_with_it(tea: Sources) -> None:
    before = tea.read("locale/es.po")
    deeper = '    follow_ups: {deeper: "Where was it, 20 years ago?"}\n'
    tea.change("prompts/light.yaml", deeper, "")
    found = extract(tea.root, Template.of(tea.pack, compile_pack(tea.root).placed), "es")
    assert found.gone == 1
    assert found.text.endswith(
        '#~ msgctxt "first-cup/follow_ups.deeper"\n#~ msgid "Where was it, 20 years ago?"\n'
        '#~ msgstr "¿Dónde fue, hace 20 años?"\n'
    )
    tea.write("locale/es.po", found.text)
    assert tea.extract() == found.text
    tea.write("prompts/light.yaml", tea.read("prompts/light.yaml") + deeper)
    assert tea.extract() == before


def test_a_text_that_is_gone_without_ever_having_had_words_leaves_nothing(tmp_path: Path) -> None:
    tea = Sources(tmp_path)
    tea.extract()
    tea.change("prompts/light.yaml", '    follow_ups: {deeper: "Where was it, 20 years ago?"}\n', "")
    assert "#~" not in tea.extract()


def test_words_follow_an_activity_that_is_renamed_with_an_alias(tea: Sources) -> None:
    tea.change("exercises/table.yaml", "id: pour", "id: pour-slowly\n    aliases: [pour]")
    tea.change("exercises/table.yaml", "Pour it out slowly.", "Pour it out.")
    found = entries(tea.extract())
    assert found["pour-slowly/cautions.1"].words == SPANISH["pour/cautions.1"]
    assert found["pour-slowly/steps.2.text"].fuzzy
    assert not any(one.obsolete for one in found.values())


def test_words_that_were_put_away_for_an_older_original_come_back_with_it(tea: Sources) -> None:
    kept = '\n#~ msgctxt "title"\n#~ msgid "More tea"\n#~ msgstr "Más té"\n'
    tea.write("locale/es.po", tea.read("locale/es.po") + kept)
    assert words(tea.extract())["title"] == "Té"
    tea.change("intimacy-pack.yaml", "title: Tea", "title: More tea")
    entry = entries(tea.extract())["title"]
    assert (entry.words, entry.fuzzy) == ("Más té", False)


def test_an_entry_that_does_not_say_which_text_it_is_for_is_kept_at_the_end(tea: Sources) -> None:
    tea.write("locale/es.po", tea.read("locale/es.po") + '\nmsgid "Hm"\nmsgstr "Ejem"\n')
    assert tea.extract().endswith('#~ msgid "Hm"\n#~ msgstr "Ejem"\n')


def test_a_file_that_cannot_be_read_whole_is_not_written_over(tea: Sources) -> None:
    tea.write("locale/es.po", tea.read("locale/es.po").replace('msgstr "Té"', 'msgstr "Té'))
    found = extract(tea.root, Template.of(tea.pack, lambda problem: problem), "es")
    assert (found.text, [problem.code for problem in found.problems]) == ("", ["K801"])


def test_the_template_is_the_same_without_a_language(tea: Sources) -> None:
    text = Template.of(tea.pack, compile_pack(tea.root).placed).text()
    assert template_file(tea.pack) == "locale/tea.pot"
    assert set(words(text).values()) == {""}
    assert '"Language: \\n"' in text
    assert "Plural-Forms" not in text


def test_every_text_of_the_official_pack_can_be_described_and_no_description_is_for_nothing() -> None:
    foundations = load_pack(ROOT / "packs" / "foundations")
    lines = {said.context: tuple(described(said, owner)) for said, owner in texts(foundations)}
    assert lines["first-minute/title"] == ("Exercise, light: its name. At most 120 characters.",)
    assert lines["breaking-news/text"][0].endswith("invitation itself. At most 25 words, 300 characters.")
    assert lines["before-it-gets-tender/title"][0].startswith("Guide, light, for orientation: the question people ask.")
    used = {line[0].partition(": ")[2].partition(". At most")[0] for line in lines.values()}
    assert set(_CALLED.values()) - used == set()


def test_a_translator_is_told_what_need_not_be_translated(tea: Sources) -> None:
    (cup,) = (one for one in tea.pack.activities if one.kind == "prompt")
    retired = evolve(cup, retired=True, mood="playful")
    pack = evolve(tea.pack, activities=[retired])
    (told,) = (list(described(said, owner)) for said, owner in texts(pack) if said.context == "first-cup/text")
    assert told[0].startswith("Prompt, light, playful, retired, it need not be translated: ")
