"""PO files, read and written: every word has its place, and another reader reads the same."""

from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intimacy_kit.authoring.languages.po_files import Entry, PoFile, write_po
from intimacy_kit.authoring.languages.po_reading import parse_po, read_po

WHOLE = r"""# Spanish of Tea
msgid ""
msgstr ""
"Language: es\n"
"X-Generator: by hand\n"

# Ana: like the song
#. The pack: its name.
#: intimacy-pack.yaml:3
#, fuzzy, no-wrap
#| msgid "Te"
msgctxt "title"
msgid "Tea"
msgstr "Té"

msgctxt "about"
msgid ""
"Over a cup,\n"
"\"slowly\"."
msgstr "Con una taza,\n\"despacio\"."

#~ msgctxt "gone/text"
#~ msgid "Gone."
#~ msgstr "Ya no."
"""


def said(text: str) -> list[str]:
    return [f"{one.where.line}:{one.where.column} {one.code} {one.message}" for one in parse_po(text, "es.po").problems]


def test_a_file_is_read_with_everything_in_it() -> None:
    po = parse_po(WHOLE, "locale/es.po")
    assert po.problems == ()
    assert po.head == (("Language", "es"), ("X-Generator", "by hand"))
    assert po.head_notes == ("Spanish of Tea",)
    title, about, gone = po.entries
    assert (title.context, title.original, title.words, title.previous) == ("title", "Tea", "Té", "Te")
    assert (title.notes, title.about) == (("Ana: like the song",), ("The pack: its name.",))
    assert (title.references, title.flags, title.fuzzy) == (("intimacy-pack.yaml:3",), ("fuzzy", "no-wrap"), True)
    assert (about.original, about.words) == ('Over a cup,\n"slowly".', 'Con una taza,\n"despacio".')
    assert (gone.obsolete, gone.words, about.obsolete, about.fuzzy) == (True, "Ya no.", False, False)
    assert list(po.by_context()) == ["title", "about"]


def test_every_character_has_its_line_and_column_behind_escapes_too() -> None:
    _, about, _ = parse_po(WHOLE, "es.po").entries
    assert str(about.where("es.po", "msgstr", about.words.index("taza"))) == "es.po:20:17"
    assert str(about.where("es.po", "msgstr", about.words.index("despacio"))) == "es.po:20:26"
    assert str(about.where("es.po", "msgid", about.original.index("slowly"))) == "es.po:19:4"
    assert str(about.where("es.po", "msgid")) == "es.po:18:2"
    assert str(Entry(context="a", original="b").where("es.po")) == "es.po:1:1"
    assert str(about.where("es.po", "msgid_plural")) == "es.po:16:10"


def test_a_file_that_is_written_is_read_as_the_same() -> None:
    po = parse_po(WHOLE, "es.po")
    assert parse_po(write_po(po), "es.po") == po
    assert write_po(parse_po(write_po(po), "es.po")) == write_po(po)


_words = st.text(st.sampled_from('aé"\\\n\t  ن🫖#~'), min_size=1, max_size=200).filter(str.strip)
_lines = st.lists(st.text("abc ", min_size=1, max_size=9).map(str.strip).filter(bool), max_size=2).map(tuple)
_entries = st.builds(
    Entry,
    context=st.text("abc/.1", max_size=90),
    original=_words,
    words=st.just("") | _words,
    previous=st.just("") | _words,
    notes=_lines,
    about=_lines,
    references=_lines,
    flags=st.sampled_from([(), ("fuzzy",), ("fuzzy", "no-wrap")]),
    obsolete=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_entries, max_size=4, unique_by=lambda one: one.context))
def test_whatever_words_are_written_polib_and_the_kit_read_the_same_ones(entries: list[Entry]) -> None:
    po = PoFile("es.po", (("Language", "es"),), ("A head.",), tuple(entries))
    text = write_po(po)
    assert parse_po(text, "es.po") == po
    theirs = polib.pofile(text)
    assert [(one.msgctxt or "", one.msgid, one.msgstr) for one in theirs] == [
        (one.context, one.original, one.words) for one in entries
    ]
    assert [bool(one.obsolete) for one in theirs] == [one.obsolete for one in entries]
    assert [list(one.flags) for one in theirs if not one.obsolete] == [
        list(one.flags) for one in entries if not one.obsolete
    ]


def test_a_file_of_another_tool_is_read_as_that_tool_means_it() -> None:
    theirs = polib.POFile(wrapwidth=40)
    theirs.metadata = {"Language": "es", "Content-Type": "text/plain; charset=utf-8"}
    for number in range(5):
        words = f"Palabra {number} " * 12
        theirs.append(polib.POEntry(msgctxt=f"a/steps.{number}.text", msgid="Word " * 15, msgstr=words, tcomment="Hm"))
    po = parse_po(str(theirs), "es.po")
    assert po.problems == ()
    assert [(one.context, one.original, one.words, one.notes) for one in po.entries] == [
        (one.msgctxt, one.msgid, one.msgstr, ("Hm",)) for one in theirs
    ]


def test_long_words_are_broken_after_blanks_and_lines_of_words_at_their_breaks() -> None:
    words = "one two\n" + "three " * 30 + "x" * 100
    lines = write_po(PoFile("", (), (), (Entry(context="a", original=words),))).splitlines()
    assert lines[4:6] == ['msgid ""', '"one two\\n"']
    assert max(len(line) for line in lines if "x" not in line) <= 77
    assert all(line.endswith('three "') for line in lines[6:-2])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('msgctxt "a"\nmsgid "b"\nmsgstr "c\n', "3:8 K801 the quotation mark is not closed"),
        ('msgctxt "a"\nmsgid "b"\nmsgstr "\n', "3:8 K801 the quotation mark is not closed"),
        ('msgctxt "a"\nmsgid "b"\nmsgstr "say "hm" twice"\n', "3:8 K801 a quotation mark inside the words ends them"),
        ('msgctxt "a"\nmsgid "b"\nmsgstr "c"\nHm.\n', "4:1 K801 this is not a line of a PO file"),
        ("#~\n", "1:3 K801 this is not a line of a PO file"),
        ('"Hm."\n', "1:1 K801 a quotation mark inside the words ends them"),
        ('msgctxt "a"\nmsgid "b"\nmsgstr "100\\%"\n', "3:12 K801 \\% stands for nothing here"),
        ('msgctxt "a"\nmsgid "b"\n', "1:10 K801 the entry has no msgstr"),
        ('msgctxt "a"\nmsgstr "b"\n', "1:10 K801 the entry has no msgid"),
        ('msgid "b"\nmsgid_plural "c"\nmsgstr[0] "d"\nmsgstr[1] "e"\n', "3:12 K817 the entry has plural forms"),
        ('msgid "b"\nmsgid_plural "c"\nmsgstr "d"\n', "2:15 K817 the entry has plural forms"),
        (
            'msgctxt "a"\nmsgid "b"\nmsgstr "c"\n\nmsgctxt "a"\nmsgid "d"\nmsgstr ""\n',
            "5:10 K004 the text 'a' stands twice",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said_where_it_is(text: str, wrong: str) -> None:
    assert said(text) == [wrong]


def test_all_that_is_wrong_is_said_at_once_and_the_rest_is_read() -> None:
    text = 'msgctxt "a"\nmsgid "b"\nmsgstr "c\n\nHm.\n\nmsgctxt "d"\nmsgid "e"\nmsgstr "f"\n'
    assert len(said(text)) == 2
    assert parse_po(text, "es.po").entries[-1].words == "f"


def test_entries_may_stand_close_together_in_any_of_the_ways_tools_write_them() -> None:
    text = (
        'msgctxt "a"\nmsgid "b"\nmsgstr "c"\nmsgctxt "d"\nmsgid "e"\nmsgstr "f"\n# note\nmsgid "g"\nmsgstr "h"\n'
        'msgid "i"\nmsgstr "j"\n#~ msgctxt "k"\n#~ msgid "l"\n#~ msgstr "m"\n'
        '#~ msgctxt "n"\n#~ msgid "o"\n#~ msgstr "p"\r\n'
    )
    po = parse_po(text, "es.po")
    assert po.problems == ()
    assert [(one.context, one.words, one.obsolete) for one in po.entries] == [
        ("a", "c", False),
        ("d", "f", False),
        ("", "h", False),
        ("", "j", False),
        ("k", "m", True),
        ("n", "p", True),
    ]
    assert po.entries[2].notes == ("note",)


def test_the_same_text_may_stand_among_those_that_are_gone_as_often_as_it_likes() -> None:
    gone = '#~ msgctxt "a"\n#~ msgid "b"\n#~ msgstr "c"\n\n'
    assert said(gone + gone + 'msgctxt "a"\nmsgid "d"\nmsgstr "e"\n') == []


def test_of_what_an_original_was_before_only_the_original_is_kept() -> None:
    text = '#| msgctxt "z"\n#| msgid ""\n#| "old \\"one\\""\n#| hm\nmsgctxt "a"\nmsgid "b"\nmsgstr "c"\n'
    assert parse_po(text, "es.po").entries[0].previous == 'old "one"'


def test_blank_lines_between_a_note_and_its_entry_do_not_part_them() -> None:
    assert parse_po('# note\n\nmsgctxt "a"\nmsgid "b"\nmsgstr "c"\n', "es.po").entries[0].notes == ("note",)


def test_a_file_that_is_no_text_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "es.po").write_bytes(b'msgid "\xff"\n')
    assert [problem.code for problem in read_po(tmp_path, "es.po").problems] == ["K001"]
    (tmp_path / "es.po").write_text("", "utf-8")
    assert read_po(tmp_path, "es.po") == PoFile("es.po")
