"""``intimacy-kit play`` as people meet it: a real terminal, a real process, a real file."""

import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from intimacy_kit.authoring.building import build
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import Paused
from intimacy_kit.practice.own import Own
from intimacy_kit.stores.sqlite import SQLiteStore

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals on Windows")
termios = pytest.importorskip("termios")

KETTLE = Path(__file__).parent / "kettle"
ALT_ON, ALT_OFF = "\x1b[?1049h", "\x1b[?1049l"
_STEERING = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[@-Z\\^_])|\x07")
_PATIENCE = 20.0
_A_MOMENT = 0.3


class Terminal:
    """A program in a pseudo-terminal of 80 by 40."""

    def __init__(self, *arguments: str) -> None:
        self._here, there = pty.openpty()
        termios.tcsetwinsize(there, (40, 80))
        env = os.environ | {"TERM": "xterm-256color"}
        command = [sys.executable, "-m", "intimacy_kit", *arguments]
        self.process = subprocess.Popen(
            command, stdin=there, stdout=there, stderr=there, env=env, start_new_session=True
        )
        os.close(there)
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self.raw = ""
        self._read_to = 0

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._here)

    def expect(self, words: str) -> None:
        """Wait until these words are shown, after what was waited for before."""
        until = time.monotonic() + _PATIENCE
        while (found := plain(self.raw).find(words, self._read_to)) < 0:
            if not self._more(until):
                pytest.fail(f"{words!r} was not shown after: {plain(self.raw)[self._read_to :][-800:]}")
        self._read_to = found + len(words)

    def type(self, line: str, after: str = "› ") -> None:
        """Wait for a question, and answer it."""
        self.expect(after)
        os.write(self._here, f"{line}\n".encode())

    def interrupt(self, after: str = "› ") -> None:
        """Wait for a question, and type Ctrl-C.

        Not at once: a signal that comes between the words of ``input`` and its waiting is only seen with the next key.
        """
        self.expect(after)
        time.sleep(_A_MOMENT)
        self.process.send_signal(signal.SIGINT)

    def exit_code(self) -> int:
        """Wait for the end of the program."""
        until = time.monotonic() + _PATIENCE
        while self._more(until):
            pass
        return self.process.wait(_PATIENCE)

    def _more(self, until: float) -> bool:
        ready, _, _ = select.select([self._here], [], [], max(0.0, until - time.monotonic()))
        try:
            data = os.read(self._here, 65536) if ready else b""
        except OSError:  # Linux says so at the end
            return False
        self.raw += self._decoder.decode(data)
        return bool(data)

    @property
    def screens(self) -> tuple[str, list[str]]:
        """Return what was shown on the main screen, and each visit to the other one."""
        main, pages = "", []
        for number, part in enumerate(re.split(re.escape(ALT_ON) + "|" + re.escape(ALT_OFF), self.raw)):
            if number % 2:
                pages.append(plain(part))
            else:
                main += plain(part)
        return main, pages


def plain(raw: str) -> str:
    return _STEERING.sub("", raw).replace("\r", "")


@pytest.fixture
def only_kettle(tmp_path: Path) -> str:
    """The little pack under the name of the installed one, so that nothing else is suggested."""
    folder = Path(shutil.copytree(KETTLE, tmp_path / "kettle"))
    manifest = folder / "intimacy-pack.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("name: kettle-time", "name: foundations"), "utf-8")
    for kind in ("stories/two-cups.md", "guides/why-tea.md", "journeys/journeys.yaml", "check-ins/check-ins.yaml"):
        (folder / kind).unlink()
    exercises = folder / "exercises" / "exercises.yaml"
    exercises.write_text(exercises.read_text("utf-8").replace("    links: [why-tea]\n", ""), "utf-8")
    assert build(folder).problems == ()
    return str(folder)


@pytest.fixture
def store(tmp_path: Path) -> str:
    return str(tmp_path / "ours" / "us.db")


@pytest.fixture
def play(only_kettle: str, store: str) -> Iterator[Callable[..., Terminal]]:
    """Begin evenings with the little pack and one store."""
    begun: list[Terminal] = []

    def begin(*arguments: str) -> Terminal:
        begun.append(Terminal("play", "--pack", only_kettle, "--store", store, *arguments))
        return begun[-1]

    yield begin
    for terminal in begun:
        terminal.close()


@pytest.fixture
def first_evening(play: Callable[..., Terminal]) -> Terminal:
    """Ada and Ben set boundaries, each alone and each with a look at the support page, and do one thing."""
    evening = play("foundations/second-cup", "--minutes", "60")
    evening.type("Ada", "What shall we call you? › ")
    evening.type("Ben", "(Enter if you are alone) › ")
    for depth in ("3", "2"):
        evening.type("", "Enter, when you are ready › ")
        evening.type(depth, "As deep as [1] › ")
        evening.type("?", "Then › ")
        evening.type("", "Enter goes back, q stops › ")
        evening.type("", "Then › ")
        evening.type("9", "Enter when it is right › ")
        evening.type("", "Enter when it is right › ")
        evening.type("", "Enter clears the screen › ")
    evening.type("", "Take your time › ")
    evening.type("", "We take › ")
    evening.type("q", "We take › ")
    assert evening.exit_code() == 0
    return evening


def test_a_private_page_is_on_the_other_screen_only_also_after_a_look_at_the_support_page(
    first_evening: Terminal,
) -> None:
    main, pages = first_evening.screens
    assert len(pages) == 2
    for page, name, other in zip(pages, ("Ada", "Ben"), ("Ben", "Ada"), strict=True):
        assert f"The next page is for {name}'s eyes. {other}, please look at something nicer." in page
        assert "9  worry                 yes" in page
        notice = "Before you go on"
        assert page.index(notice) < page.index("Nobody can see that you opened it.") < page.rindex(notice)
    private = ("eyes", "How deep", "tender", "Before you go on", "worry", "you opened it", "clears the screen")
    assert [words for words in private if words in main] == []
    assert "Tonight" in main


def test_what_each_of_them_set_is_kept_in_their_own_log(first_evening: Terminal, store: str) -> None:
    assert first_evening.raw
    with SQLiteStore(store) as kept:
        allowed = [Own.from_events(who, kept.events("us", partner=who)).allowed for who in "12"]
        assert allowed == [Boundaries(depth=depth, topics={"worry": "yes"}) for depth in (3, 2)]
        done = [event.activity for event in kept.events("us") if event.event == "completed"]
    assert done == ["foundations/second-cup"]


@pytest.mark.usefixtures("first_evening")
def test_they_stop_in_the_middle_and_go_on_there_another_evening(play: Callable[..., Terminal]) -> None:
    second = play("foundations/one-pours-one-tells")
    second.type("2", "Who begins? [1] › ")
    second.type("", "Then › ")
    second.expect("turn 1")
    second.type("", "Then › ")  # starts the clock
    second.type("", "Enter ends it")
    second.type("", "Then › ")
    second.expect("turn 2")
    second.type("q", "Then › ")
    second.type("", "What shall become of it? › ")
    second.type("q", "How many minutes do you have? [15] › ")
    assert second.exit_code() == 0

    third = play()
    third.expect("Good to see you again, Ada and Ben")
    third.expect("One pours, one tells")
    third.type("", "Now › ")
    third.expect("Step 3 of 4, turn 2")
    third.expect("Ben (the one who pours)")
    third.type("n", "Then › ")
    third.type("n", "Then › ")
    third.expect("Hands that are busy make talking easier.")
    third.type("q", "How many minutes do you have? [15] › ")
    assert third.exit_code() == 0


def test_ctrl_c_ends_it_with_130_and_keeps_the_place(play: Callable[..., Terminal], store: str) -> None:
    evening = play("foundations/one-pours-one-tells")
    for line in ("Zoë", "Ida", "", "", "", "", "", "", "2", ""):
        evening.type(line)
    evening.interrupt("turn 1")
    assert evening.exit_code() == 130
    assert evening.screens[0].endswith("Stopped. What you did is kept.\n")
    with SQLiteStore(store) as kept:
        last = kept.events("us")[-1]
    assert isinstance(last, Paused)
    assert last.moves == ("2", "next")


def test_ctrl_c_on_a_private_page_leaves_that_screen(play: Callable[..., Terminal]) -> None:
    evening = play()
    evening.type("Zoë")
    evening.type("")
    evening.interrupt("Enter, when you are ready › ")
    assert evening.exit_code() == 130
    assert evening.raw.count(ALT_ON) == evening.raw.count(ALT_OFF) == 1
    assert evening.screens[0].endswith("Stopped. What you did is kept.\n")


def test_the_end_of_what_is_typed_is_a_way_to_stop(play: Callable[..., Terminal]) -> None:
    evening = play()
    evening.expect("What shall we call you? › ")
    os.write(evening._here, b"\x04")
    assert evening.exit_code() == 0
    assert "Good night" in evening.screens[0]


@pytest.mark.parametrize("content", [b"not a store at all" * 100, b"SQLite format 3\x00" + b"\xff" * 2000])
def test_a_store_that_is_none_is_one_line(play: Callable[..., Terminal], store: str, content: bytes) -> None:
    Path(store).parent.mkdir()
    Path(store).write_bytes(content)
    evening = play()
    assert evening.exit_code() == 2
    assert plain(evening.raw).startswith(f"Error: store '{store}' ")
    assert plain(evening.raw).count("\n") == 1


def test_names_that_cannot_be_read_are_one_line(play: Callable[..., Terminal], store: str) -> None:
    names = Path(f"{store}.names.json")
    names.parent.mkdir()
    names.write_text("[", "utf-8")
    evening = play()
    assert evening.exit_code() == 2
    assert plain(evening.raw) == f"Error: store '{names}' does not hold names; delete it and give them again\n"


def test_a_store_in_a_place_that_is_no_folder_is_one_line(play: Callable[..., Terminal], store: str) -> None:
    Path(store).parent.touch()
    evening = play()
    assert evening.exit_code() == 2
    assert plain(evening.raw).startswith(f"Error: '{Path(store).parent}': ")
    assert plain(evening.raw).count("\n") == 1


def test_what_is_kept_lies_in_a_folder_for_nobody_else_with_the_names_beside_it(
    play: Callable[..., Terminal], store: str
) -> None:
    evening = play()
    evening.type("Zoë")
    evening.type("")
    evening.type("q")
    assert evening.exit_code() == 0
    assert Path(store).parent.stat().st_mode & 0o777 == 0o700
    kept = {path.name: path.stat().st_mode & 0o777 for path in Path(store).parent.iterdir()}
    assert kept == {Path(store).name: 0o600, f"{Path(store).name}.names.json": 0o600}
    assert json.loads(Path(f"{store}.names.json").read_text("utf-8")) == {"1": "Zoë"}


def test_without_a_choice_the_store_lies_in_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with closing(Terminal("play")) as evening:
        evening.type("q")
        assert evening.exit_code() == 0
    (kept,) = tmp_path.rglob("play.db")
    with SQLiteStore(kept) as store:
        assert store.events("us") == ()
