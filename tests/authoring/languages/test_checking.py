"""What is wrong with translations, each said once and at its place."""

import os
from pathlib import Path

import pytest
from little_sources import SPANISH, Sources

from intimacy_kit.authoring.languages.checking import check_languages
from intimacy_kit.problems import Problem

NO_LINKS = not hasattr(os, "geteuid")  # where links need rights


@pytest.fixture
def tea(tmp_path: Path) -> Sources:
    """Return the sources of a pack that is translated into Spanish, and compiled."""
    sources = Sources(tmp_path / "tea")
    sources.translate(SPANISH)
    sources.build()
    return sources


def problems(tea: Sources) -> list[Problem]:
    return sorted(check_languages(tea.root, tea.pack))


def said(tea: Sources) -> list[str]:
    return [f"{one.where} {one.code} {one.message}" for one in problems(tea)]


def test_a_pack_whose_translations_are_whole_has_no_problems(tea: Sources) -> None:
    assert said(tea) == []


def test_a_pack_in_one_language_has_none_either(tmp_path: Path) -> None:
    tea = Sources(tmp_path, "en")
    assert said(tea) == []
    tea.build()
    assert said(tea) == []


# The manifest and the folder


def test_a_language_that_is_listed_and_has_no_file_is_a_problem_of_the_manifest(tea: Sources) -> None:
    tea.ships("en, es, fr")
    tea.build()
    (problem,) = problems(tea)
    assert (problem.code, problem.where.file, problem.where.pointer, problem.part) == ("K803", "", "/languages/2", "fr")


def test_a_tag_that_is_none_is_told_once_also_for_the_language_of_the_pack(tea: Sources) -> None:
    tea.ships("jp, es, ji")
    tea.build()
    assert [(one.code, one.where.pointer, one.hint) for one in problems(tea)] == [
        ("K802", "/languages/0", "write 'ja'"),
        ("K802", "/languages/2", "write 'yi'"),
    ]


def test_a_pseudo_language_is_not_shipped(tea: Sources) -> None:
    tea.ships("en, es, ar-XB")
    tea.build()
    assert [(one.code, one.part) for one in problems(tea)] == [("K816", "ar-XB")]


def test_files_that_are_not_read_are_told_and_the_template_is_none_of_them(tea: Sources) -> None:
    for file in ("tea.pot", ".hidden", "es.po~", "es.mo", "spanish.po", "fr_CA.po", "qq.po", "en.po"):
        tea.write(f"locale/{file}", "")
    (tea.root / "locale" / "de.po").mkdir()
    assert said(tea) == [
        "locale/de.po K406 this is not read",
        "locale/en.po K804 the pack is written in 'en'; there is nothing to translate",
        "locale/es.mo K406 this is not read",
        "locale/es.po~ K406 this is not read",
        "locale/fr_CA.po K802 'fr_CA' is not written as tags are",
        "locale/qq.po K802 'qq' is the tag of no language",
        "locale/spanish.po K802 no language is called 'spanish'",
    ]
    hints = {one.where.file: one.hint for one in problems(tea)}
    assert hints["locale/fr_CA.po"] == "call the file locale/fr-CA.po"
    assert hints["locale/qq.po"] == "a tag is such as es, pt-BR or zh-Hant"


def test_a_folder_of_another_name_is_told(tea: Sources) -> None:
    (tea.root / "translations").mkdir()
    tea.write("po", "no folder")
    assert [(str(one.where), one.hint) for one in problems(tea)] == [
        ("translations", "did you mean the folder locale?")
    ]


@pytest.mark.skipif(NO_LINKS, reason="links need rights here")
def test_a_folder_that_is_a_link_is_not_followed(tea: Sources) -> None:
    (tea.root / "locale").rename(tea.root / "elsewhere")
    (tea.root / "locale").symlink_to(tea.root / "elsewhere")
    tea.ships("en")
    tea.build()
    assert said(tea) == ["locale K305 the folder is a link"]


# The file


def test_a_file_that_cannot_be_read_says_that_and_nothing_else(tea: Sources) -> None:
    (tea.root / "locale" / "es.po").write_bytes(b"\xff")
    tea.build()
    assert [one.code for one in problems(tea)] == ["K001"]


def test_a_file_with_a_broken_line_says_nothing_of_what_may_be_missing_because_of_it(tea: Sources) -> None:
    tea.change("locale/es.po", 'msgstr "Té"', 'msgstr "Té')
    tea.build()
    assert [one.code for one in problems(tea)] == ["K801"]


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ('"Language: es\\n"', '"Language: fr\\n"', "locale/es.po:4:2 K813 the head says the language is 'fr'"),
        ('"Language: es\\n"', '"Language: ES\\n"', ""),
        ('"Language: es\\n"\n', "", "locale/es.po:3:2 K813 the head does not say the language"),
        (
            "charset=UTF-8",
            "charset=latin-1",
            "locale/es.po:6:36 K814 the head says the letters are written as latin-1, and they are UTF-8",
        ),
        ("charset=UTF-8", "charset=utf8", ""),
        ("; charset=UTF-8", "", ""),
    ],
)
def test_a_head_that_says_something_else_is_told(tea: Sources, old: str, new: str, wrong: str) -> None:
    tea.change("locale/es.po", old, new)
    assert said(tea) == ([wrong] if wrong else [])


def test_a_file_without_a_head_does_not_say_its_language(tea: Sources) -> None:
    text = tea.read("locale/es.po")
    tea.write("locale/es.po", text[text.index("#. The pack: its name.") :])
    assert said(tea) == ["locale/es.po:1:1 K813 the head does not say the language"]


# The entries


def test_words_for_no_text_are_told_with_the_text_that_may_be_meant(tea: Sources) -> None:
    tea.write("locale/es.po", tea.read("locale/es.po") + '\nmsgctxt "pour/titel"\nmsgid "a"\nmsgstr "b"\n')
    tea.write("locale/es.po", tea.read("locale/es.po") + '\nmsgctxt "xyz"\nmsgid "c"\nmsgstr "d"\n')
    found = problems(tea)
    assert [(one.code, one.part) for one in found] == [("K809", "pour/titel"), ("K809", "xyz")]
    assert found[0].hint.startswith("did you mean 'pour/title'?")
    assert found[1].hint == "if the text is gone, run 'intimacy-kit translate extract'"


def test_of_very_many_words_for_no_text_it_is_not_asked_long_what_is_meant(
    tea: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intimacy_kit.authoring.languages.checking._MOST_COMPARED", 1)
    tea.write("locale/es.po", tea.read("locale/es.po") + '\nmsgctxt "pour/titel"\nmsgid "a"\nmsgstr "b"\n')
    assert problems(tea)[0].hint.startswith("if the text is gone")


def test_words_that_do_not_say_what_they_are_for_are_told_and_those_that_are_gone_are_not(tea: Sources) -> None:
    more = '\nmsgid "a"\nmsgstr "b"\n\n#~ msgctxt "old/text"\n#~ msgid "a"\n#~ msgstr "b"\n'
    tea.write("locale/es.po", tea.read("locale/es.po") + more)
    assert [one.code for one in problems(tea)] == ["K822"]


def test_words_have_the_limits_of_their_originals(tea: Sources) -> None:
    tea.change("locale/es.po", 'msgstr "Té"', f'msgstr "{"Té y más té. " * 12}."')
    tea.build()
    (problem,) = problems(tea)
    assert (problem.code, problem.message) == ("K106", "the text is longer than 120 characters")


def test_what_is_wrong_in_the_middle_of_words_is_told_there(tea: Sources) -> None:
    tea.change("locale/es.po", "hace 20 años?", "hace 21 años?")
    tea.build()
    (problem,) = problems(tea)
    line = tea.read("locale/es.po").split("\n")[problem.where.line - 1]
    assert (problem.code, problem.part, line[problem.where.column - 1 :]) == ("K821", "21", '21 años?"')


def test_the_same_words_for_two_originals_are_told_unless_they_are_few(tea: Sources) -> None:
    tea.change("locale/es.po", SPANISH["pour/about"], SPANISH["pour/steps.2.text"])
    tea.change("locale/es.po", "Paramos cuando queramos.", "Dos. Y una más, siempre.")
    tea.change("locale/es.po", "Hervimos el agua.", "Dos. Y una más, siempre.")
    tea.build()
    assert [f"{one.code} {one.message}" for one in problems(tea)] == [
        "K820 the same words stand for 'pour/cautions.1', which says something else"
    ]


# What is not done


def test_what_a_shipped_language_lacks_is_told_text_by_text(tea: Sources) -> None:
    tea.change("locale/es.po", 'msgstr "Té"', 'msgstr ""')
    tea.change("locale/es.po", "#: intimacy-pack.yaml:8\n", "#: intimacy-pack.yaml:8\n#, fuzzy\n")
    tea.change("exercises/table.yaml", "title: Pour", "title: Pour it")
    tea.build()
    assert [one.split()[1] for one in said(tea)] == ["K805", "K808", "K807"]


def test_words_nobody_is_sure_of_are_to_be_looked_at_and_nothing_else_is_said_of_them(tea: Sources) -> None:
    tea.change("locale/es.po", "hace 20 años?", "hace 21 años?")
    tea.change(
        "locale/es.po", 'msgctxt "first-cup/follow_ups.deeper"', '#, fuzzy\nmsgctxt "first-cup/follow_ups.deeper"'
    )
    tea.build()
    assert [one.code for one in problems(tea)] == ["K808"]


def test_safety_text_that_is_not_done_is_told_as_that_only(tea: Sources) -> None:
    tea.change("exercises/table.yaml", "Stop when you like", "Stop whenever you like")
    tea.build()
    (problem,) = problems(tea)
    assert problem.code == "K815"
    assert problem.message == "'pour/cautions.1' is safety text, and the original says something else now"
    assert problem.hint.endswith("without it nobody is shown this activity in 'es'")


def test_texts_that_are_not_in_the_file_are_told_once_and_safety_text_is_named_first(tea: Sources) -> None:
    text = tea.read("locale/es.po")
    tea.write("locale/es.po", text[: text.index("#. Exercise, light: its name.")])
    tea.build()
    assert said(tea) == ["locale/es.po K806 5 texts of the pack are not in this file yet, such as 'pour/cautions.1'"]
    tea.write("locale/es.po", text[: text.rindex("#. Exercise")])
    tea.build()
    assert said(tea) == ["locale/es.po K806 a text of the pack is not in this file yet, such as 'pour/steps.2.text'"]


def test_of_very_many_texts_that_lack_the_same_ten_are_told_and_the_rest_is_counted(tmp_path: Path) -> None:
    tea = Sources(tmp_path)
    steps = "".join(f"      - text: Step number {number}.\n" for number in range(12))
    tea.write("exercises/table.yaml", tea.read("exercises/table.yaml") + steps)
    tea.extract()
    tea.build()
    found = [one for one in problems(tea) if one.code == "K805"]
    assert len(found) == 11
    assert found[-1].message == "as the 10 above, 10 more texts of this file from here on"
    tea.write("exercises/table.yaml", tea.read("exercises/table.yaml").partition("      - text: Step number 3.")[0])
    tea.extract()
    tea.build()
    found = [one for one in problems(tea) if one.code == "K805"]
    assert found[-1].message == "as the 10 above, another text of this file from here on"


def test_work_in_progress_may_lack_as_much_as_it_likes_and_is_checked_in_what_it_says(tea: Sources) -> None:
    tea.translate({"title": "Tee", "first-cup/text": "Who made *your* first cup today?"}, "de")
    assert [one.split()[1] for one in said(tea)] == ["K812"]


def test_what_is_retired_need_not_be_translated(tea: Sources) -> None:
    tea.change("exercises/table.yaml", "title: Pour", "title: Pour it\n    retired: true")
    tea.build()
    assert said(tea) == []


# What is compiled


def test_an_overlay_that_is_not_what_the_file_gives_now_is_stale(tea: Sources) -> None:
    package = "src/intimacy_pack_tea"
    tea.change("locale/es.po", 'msgstr "Té"', 'msgstr "Un té"')
    assert said(tea) == [f"{package}/pack.es.json K407 the translation has changed since it was built"]
    (tea.root / package / "pack.es.json").unlink()
    assert said(tea) == [f"{package}/pack.es.json K407 the translation is not compiled yet"]
    tea.ships("en")
    tea.write(f"{package}/pack.es.json", "{}")
    tea.write(f"{package}/pack.notes.of.mine.json", "{}")
    assert said(tea) == [f"{package}/pack.es.json K407 the pack does not ship this language any more"]
    tea.build()
    assert said(tea) == []
    assert (tea.root / package / "pack.notes.of.mine.json").is_file()
