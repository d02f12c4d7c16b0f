"""The table itself: what can be typed, what is drawn, and what a terminal is told."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from time import perf_counter

import pytest
from rich.console import Console

from intimacy_kit.cli.pictures import circle_pair
from intimacy_kit.cli.table import Leave, ScriptedTable, TerminalTable, clock
from intimacy_kit.cli.text import plain, styled, unmarked
from intimacy_kit.content.text import Text

ALT_ON, ALT_OFF = "\x1b[?1049h", "\x1b[?1049l"

posix = pytest.mark.skipif(sys.platform == "win32", reason="there a timer asks the keyboard, and a pipe is none")


def scripted(*answers: str) -> tuple[ScriptedTable, StringIO]:
    shown = StringIO()
    return ScriptedTable(answers, Console(file=shown, width=74, color_system=None)), shown


def terminal() -> tuple[TerminalTable, StringIO]:
    shown = StringIO()
    return TerminalTable(Console(file=shown, force_terminal=True, width=80, color_system=None)), shown


@contextmanager
def typed(monkeypatch: pytest.MonkeyPatch, lines: str, *, ended: bool = True) -> Iterator[None]:
    """Have this typed, on a real file descriptor that a timer can wait for."""
    read, write = os.pipe()
    os.write(write, lines.encode())
    if ended:
        os.close(write)
    with os.fdopen(read, encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        yield
    if not ended:
        os.close(write)


CHOICES = {"": "others", "1": "A cup of tea", "2": "A cup of milk", "b": "back", "q": "enough"}


@pytest.mark.parametrize(
    ("answer", "chosen"),
    [("", ""), ("1", "1"), ("B", "b"), (" 2 ", "2"), ("tea", "1"), ("MILK", "2"), ("othe", ""), ("back", "b")],
)
def test_a_choice_is_made_by_its_key_or_by_words_of_it(answer: str, chosen: str) -> None:
    assert scripted(answer)[0].choose("We take", CHOICES, by_words=True) == chosen


@pytest.mark.parametrize("answer", ["no", "n", "nothing", "know", "go on"])
def test_where_it_is_private_no_word_of_a_choice_is_taken_for_it(answer: str) -> None:
    choices = {"1": "stay with what is light", "4": "deep: few people know it of you", "": "I have read it; go on"}
    table, shown = scripted(answer, "1")
    assert table.choose("Then", choices) == "1"
    assert "Please type one of: 1, 4, Enter." in shown.getvalue()


@pytest.mark.parametrize("answer", ["q", "Q", "enough", "ENOUGH"])
def test_the_choice_to_stop_stops_however_it_is_typed(answer: str) -> None:
    with pytest.raises(Leave):
        scripted(answer)[0].choose("We take", CHOICES, by_words=True)


@pytest.mark.parametrize("answer", ["cup", "3", "coffee", "te", "ilk"])
def test_what_fits_none_or_several_choices_is_asked_again(answer: str) -> None:
    table, shown = scripted(answer, "1")
    assert table.choose("We take", CHOICES, by_words=True) == "1"
    assert "Please type one of: Enter, 1, 2, b, q." in shown.getvalue()


def test_enter_takes_the_default_that_is_shown() -> None:
    table, shown = scripted("", "")
    assert (table.choose("As deep as", {"1": "light", "2": "deep"}, default="2"), table.ask("Why?", default="x")) == (
        "2",
        "x",
    )
    assert "As deep as [2] › " in shown.getvalue()


def test_support_is_a_page_from_everywhere_and_the_question_comes_again() -> None:
    table, shown = scripted("?", "", "?", "anything", "tea")
    assert table.ask("What?") == "tea"
    assert shown.getvalue().count("Nobody can see that you opened it.") == 2


def test_a_script_that_has_ended_leaves() -> None:
    with pytest.raises(Leave):
        scripted()[0].ask("And now?")


def test_paragraphs_stand_apart_and_emphasis_is_no_star() -> None:
    table, shown = scripted()
    table.say(Text("One *two* **three**.\n\nFour * five * six."))
    assert [line.rstrip() for line in shown.getvalue().splitlines()] == ["  One two three.", "", "  Four * five * six."]


@pytest.mark.parametrize(
    ("words", "shown", "spans"),
    [
        ("*a b* c", "a b c", ["italic"]),
        ("**a** *b*", "a b", ["bold", "italic"]),
        ("2 * 3 * 4", "2 * 3 * 4", []),
        ("* a *", "* a *", []),
        ("[red]x[/red]", "[red]x[/red]", []),
        ("a\x1bb", "a\\x1bb", []),
    ],
)
def test_emphasis_is_what_stands_between_stars_and_nothing_else_is_markup(
    words: str, shown: str, spans: list[str]
) -> None:
    text = styled(words)
    assert (text.plain, [str(span.style) for span in text.spans]) == (shown, spans)
    assert unmarked(words) == (words if not spans else shown)


def test_a_plain_word_keeps_its_stars() -> None:
    assert plain("*Ada*\x1b").plain == "*Ada*\\x1b"


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (5, "0:05"), (60, "1:00"), (3599, "59:59"), (7200, "120:00")]
)
def test_the_clock_shows_minutes_and_seconds(seconds: int, shown: str) -> None:
    assert clock(seconds) == shown


def test_circles_come_nearer_and_are_as_large_as_before() -> None:
    pictures = {apart: circle_pair(apart) for apart in (2.0, 1.0, 0.0)}
    assert pictures[2.0].splitlines()[1] == "⠀⡏⠀⠀⠀⠀⠀⢹⡏⠀⠀⠀⠀⠀⢹"
    widths = {
        apart: max(len(line.lstrip("\u2800")) for line in picture.splitlines()) for apart, picture in pictures.items()
    }
    assert widths == {2.0: 14, 1.0: 12, 0.0: 8}
    assert all(len(picture.splitlines()) == 4 for picture in pictures.values())


# In a terminal


def test_a_page_of_its_own_is_on_the_other_screen_and_gone_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    table, shown = terminal()
    with typed(monkeypatch, "4\n"), table.aside():
        table.title("For Ada alone")
        assert table.ask("How deep?") == "4"
    table.say("Together again.")
    before, _, rest = shown.getvalue().partition(ALT_ON)
    page, _, after = rest.partition(ALT_OFF)
    assert (before, "For Ada alone" in page, "How deep?" in page) == ("", True, True)
    assert "Together again." in after
    assert not {"Ada", "deep"} & set(after.split())


def test_the_support_page_within_it_comes_back_to_it_on_the_same_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    table, shown = terminal()
    with typed(monkeypatch, "?\n\nyes\n"), table.aside():
        table.title("For Ada alone")
        table.say("A private thing.")
        assert table.ask("May it?") == "yes"
        table.title("Next page")
    assert (shown.getvalue().count(ALT_ON), shown.getvalue().count(ALT_OFF)) == (1, 1)
    page = shown.getvalue().partition(ALT_ON)[2].partition(ALT_OFF)[0]
    assert page.count("A private thing.") == 2
    assert page.index("This page is not kept") < page.rindex("A private thing.") < page.rindex("May it?")


def test_the_other_screen_is_left_also_when_somebody_leaves_or_everything_is_interrupted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for lines in ("q\n", "", "?\n"):
        table, shown = terminal()
        with typed(monkeypatch, lines), pytest.raises(Leave), table.aside():
            table.ask("How deep?")
        assert shown.getvalue().endswith(ALT_OFF)
    table, shown = terminal()
    with pytest.raises(KeyboardInterrupt), table.aside():
        raise KeyboardInterrupt
    assert shown.getvalue().endswith(ALT_OFF)


def test_a_table_in_a_terminal_draws_its_own_screens_whatever_rich_would_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "0")
    assert TerminalTable().console.is_terminal


def test_support_on_the_joint_screen_has_a_screen_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    table, shown = terminal()
    with typed(monkeypatch, "?\n\ntea\n"):
        assert table.ask("What?") == "tea"
    page = shown.getvalue().partition(ALT_ON)[2].partition(ALT_OFF)[0]
    assert "Nobody can see that you opened it." in page


@posix
def test_nothing_is_left_of_a_timer_that_has_run_out_but_a_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    table, shown = terminal()
    with typed(monkeypatch, "", ended=False):
        table.timer(1)
    assert "0:01" in shown.getvalue()
    assert shown.getvalue().endswith("\x07")


@posix
@pytest.mark.parametrize(("line", "left"), [("\n", False), ("enough now\n", False), ("", False), (" Q \n", True)])
def test_enter_ends_a_timer_sooner_and_q_stops(monkeypatch: pytest.MonkeyPatch, line: str, left: bool) -> None:
    table, shown = terminal()
    began = perf_counter()
    with typed(monkeypatch, line):
        if left:
            with pytest.raises(Leave):
                table.timer(600)
        else:
            table.timer(600)
    assert perf_counter() - began < 5
    assert not shown.getvalue().endswith("\x07")


@posix
def test_a_timer_waits_for_the_support_page_and_goes_on_with_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    table, shown = terminal()
    with typed(monkeypatch, "?\n\n\n"):
        monkeypatch.setattr("builtins.input", sys.stdin.readline)
        table.timer(60)
    assert "If you are in danger now" in shown.getvalue()
    assert shown.getvalue().count("1:00") >= 2


def test_q_on_the_support_page_stops() -> None:
    with pytest.raises(Leave):
        scripted("?", "q")[0].ask("And?")


def test_a_terminal_that_cannot_clear_pushes_a_private_page_out_of_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    table, shown = terminal()
    with table.aside():
        table.title("For Ada alone")
        table.say("private")
    assert shown.getvalue().rpartition("private")[2].count("\n") > table.console.height
