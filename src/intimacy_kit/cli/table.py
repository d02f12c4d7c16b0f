"""The table two people sit at: what they see and what they type, in a terminal or from a script."""

import select
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table as RichTable
from rich.text import Text as RichText

from intimacy_kit.cli.text import paragraphs, safe, styled
from intimacy_kit.content.text import Text
from intimacy_kit.practice.support import SUPPORT as SUPPORT_PAGE

__all__ = ["WIDTH", "Leave", "ScriptedTable", "Table", "TerminalTable", "clock"]

#: Long lines tire; a book has about as many characters in one.
WIDTH = 72

#: Typed anywhere.
STOP, SUPPORT = "q", "?"

_FEWEST_LETTERS = 3


class Leave(Exception):  # noqa: N818 - not an error: somebody wants to stop
    """Somebody typed that they want to leave this screen."""


class Table(Protocol):
    """What people see and what they type."""

    def say(self, words: Text | str = "", style: str = "") -> None:
        """Show words, paragraph by paragraph."""

    def show(self, *parts: RenderableType) -> None:
        """Show what rich can show."""

    def title(self, words: Text | str) -> None:
        """Begin a screen."""

    def ask(self, question: str, *, default: str = "") -> str:
        """Return what is typed; raise Leave when somebody wants to stop."""

    def choose(self, question: str, choices: Mapping[str, str], *, default: str = "", by_words: bool = False) -> str:
        """Return the key of one of the choices, or of words of it; ask again until it is one."""

    def aside(self) -> AbstractContextManager[None]:
        """Return a screen of its own, which is gone without a trace at the end of the block."""

    def timer(self, seconds: int) -> None:
        """Let so many seconds pass, with a bar; Enter ends it sooner, q stops."""


def clock(seconds: int) -> str:
    """Return seconds as minutes and seconds.

    >>> clock(185)
    '3:05'
    """
    return f"{seconds // 60}:{seconds % 60:02}"


class _Printing(ABC):
    """The part that a terminal and a script have in common: printing."""

    def __init__(self, console: Console) -> None:
        self.console = console
        #: What stands on the screen of its own, to be shown again after the support page; None elsewhere.
        self._page: list[RenderableType] | None = None
        self._gap = False

    def say(self, words: Text | str = "", style: str = "") -> None:
        """Show words, paragraph by paragraph; no words are an empty line."""
        for number, paragraph in enumerate(paragraphs(words)):
            if number or not words:
                self.show(RichText(" "))
                self._gap = True
            if words:
                paragraph.style = style
                self.show(paragraph)

    def show(self, *parts: RenderableType) -> None:
        """Show what rich can show."""
        width = min(WIDTH, self.console.width - 2)
        for part in parts:
            self.console.print(Padding(part, (0, 0, 0, 2), expand=False), width=width + 2)
            self._gap = False
            if self._page is not None:
                self._page.append(part)

    def title(self, words: Text | str) -> None:
        """Begin a screen; on a screen of its own, from the top."""
        if self._page is not None:
            self._clear()
            self._page = []
        else:
            self.console.print()
        self.show(styled(words, "bold cyan"))
        self.say()

    def choose(self, question: str, choices: Mapping[str, str], *, default: str = "", by_words: bool = False) -> str:
        """Return the key of one of the choices; ask again until it is one.

        Where nothing private hangs on it, it may be chosen *by words* of it, too.
        """
        rows = RichTable.grid(padding=(0, 2))
        rows.add_column(justify="right", style="bold cyan", width=5)
        rows.add_column()
        for key, words in choices.items():
            rows.add_row(key or "Enter", styled(words))
        if not self._gap:
            self.say()
        self.show(rows)
        while True:
            typed = self.ask(question, default=default).lower()
            meant = [typed] if typed in choices else _meant(typed, choices) if by_words else []
            if meant == [STOP]:
                raise Leave
            if len(meant) == 1:
                return meant[0]
            self.say(f"Please type one of: {', '.join(key or 'Enter' for key in choices)}.", "yellow")

    def ask(self, question: str, *, default: str = "") -> str:
        """Return what is typed; show the support page, then ask again, when that is asked for."""
        while (typed := self._typed(f"{question} [{default}]" if default else question).strip()) == SUPPORT:
            self.support()
        if typed.lower() == STOP:
            raise Leave
        return typed or default

    def support(self) -> None:
        """Show where to find support, on a screen of its own."""
        with self.aside():
            self.title("Support")
            self.say(SUPPORT_PAGE)
            typed = self._typed("Enter goes back, q stops")
        if typed.strip().lower() == STOP:
            raise Leave

    def _clear(self) -> None:
        """Take away what is on the screen, or push it out of sight where the terminal knows no better."""
        self.console.clear()
        if self.console.is_dumb_terminal:
            self.console.print("\n" * self.console.height)

    @abstractmethod
    def aside(self) -> AbstractContextManager[None]:
        """Return a screen of its own."""

    @abstractmethod
    def _typed(self, question: str) -> str:
        """Return what is typed, as it is."""


class TerminalTable(_Printing):
    """A real terminal, with people before it."""

    def __init__(self, console: Console | None = None) -> None:
        # Whoever makes one knows that people sit there; what rich guesses would decide about the screen of its own.
        super().__init__(console or Console(highlight=False, markup=False, emoji=False, force_terminal=True))

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Return the terminal's other screen, which keeps nothing to scroll back to."""
        if self._page is not None:  # there is one other screen, not two: come back to it as it was
            before = self._page
            yield
            self._clear()
            self._page = []
            self.show(*before)
            return
        with self.console.screen(hide_cursor=False):
            self._page = []
            try:
                yield
            finally:
                self._clear()  # some terminals have no other screen, and would leave the page standing
                self._page = None

    def _typed(self, question: str) -> str:
        self.console.print()
        self.console.print(styled(f"  {question} ", "bold") + styled("› ", "cyan"), end="")
        try:
            return input()
        except EOFError:
            self.console.print()
            raise Leave from None

    def timer(self, seconds: int) -> None:
        """Let so many seconds pass, with a bar; Enter ends it sooner, q stops, and it waits for the support page."""
        hint = TextColumn("Enter ends it · q · ?")
        columns = (TextColumn("  {task.description}"), BarColumn(bar_width=WIDTH - 32), hint)
        began, gone, typed = time.monotonic(), 0.0, None
        with Progress(*columns, console=self.console, transient=True) as progress:
            task = progress.add_task(clock(seconds), total=seconds)
            while typed is None and gone < seconds:
                progress.update(task, completed=gone, description=clock(round(seconds - gone)))
                typed = _typed_within(0.25)
                gone = time.monotonic() - began
        match (typed or "").strip().lower():
            case "" if typed is None:
                self.console.bell()
            case "q":
                raise Leave
            case "?":
                self.support()
                self.timer(max(1, round(seconds - gone)))


def _meant(typed: str, choices: Mapping[str, str]) -> list[str]:
    """Return the keys of the choices in which a word begins as was typed, with three letters at the least."""
    if len(typed) < _FEWEST_LETTERS:
        return []
    return [key for key, words in choices.items() if f" {typed}" in f" {words.lower().replace('*', '')}"]


def _typed_within(seconds: float) -> str | None:
    """Return the line that is typed within so many seconds; None where there is none."""
    if sys.platform == "win32":  # pragma: no cover - select knows no terminals there
        import msvcrt  # noqa: PLC0415 - only Windows has it

        time.sleep(seconds)
        return sys.stdin.readline() if msvcrt.kbhit() else None
    ready, _, _ = select.select([sys.stdin], [], [], seconds)
    return sys.stdin.readline() if ready else None


class ScriptedTable(_Printing):
    """A table where the answers were written down before, and time does not pass."""

    def __init__(self, answers: Sequence[str], console: Console | None = None) -> None:
        super().__init__(
            console or Console(highlight=False, markup=False, emoji=False, width=WIDTH + 2, color_system=None)
        )
        self._answers: Iterator[str] = iter(answers)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Draw a line before and after: here nobody has to look away."""
        self.console.print("\n  " + "· " * (WIDTH // 2))
        yield
        self.console.print("\n  " + "· " * (WIDTH // 2))

    def _typed(self, question: str) -> str:
        typed = next(self._answers, STOP)
        self.console.print(f"\n  {safe(question)} › {safe(typed)}")
        return typed

    def timer(self, seconds: int) -> None:
        """Say how long it would be."""
        self.show(styled(f"{clock(seconds)}  (no waiting here)", "dim"))
