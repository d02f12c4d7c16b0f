"""The command that opens the preview."""

import webbrowser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from intimacy_kit.authoring import preview
from intimacy_kit.cli import previewing
from intimacy_kit.cli.commands import cli


class Served:
    """Stands for the server, which would not come back."""

    def __init__(self, *, interrupted: bool = False) -> None:
        self.interrupted = interrupted
        self.ports: list[int] = []

    def of(self, _: object) -> "Served":
        return self

    def run(self, sockets: list[object]) -> None:
        self.ports = [one.getsockname()[1] for one in sockets]  # type: ignore[attr-defined]  # sockets they are
        if self.interrupted:
            raise KeyboardInterrupt


class Browser:
    """Stands for a browser in a window."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def open(self, address: str) -> bool:
        return not self.opened.append(address)


def run(monkeypatch: pytest.MonkeyPatch, served: Served, *arguments: object) -> Result:
    class AtOnce:
        """A thread that is over before it has begun."""

        def __init__(self, target: object, args: list[object], *, daemon: bool) -> None:
            self.start = lambda: target(*args) if daemon else None  # type: ignore[operator]  # a function

    monkeypatch.setattr(previewing.threading, "Thread", AtOnce)
    monkeypatch.setattr(preview, "server_of", served.of)
    return CliRunner().invoke(cli, ["preview", *map(str, arguments)])


def test_it_says_where_the_page_is_and_opens_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served, browser = Served(), Browser()
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    ran = run(monkeypatch, served, folder / "intimacy-pack.yaml", "--port", 0)
    assert ran.exit_code == 0, ran.output
    assert browser.opened == [f"http://127.0.0.1:{served.ports[0]}/"]
    first, second, *_ = ran.output.splitlines()
    assert (first, second.startswith(f"{browser.opened[0]}  (")) == ("Checking samovar ...", True)


def test_it_opens_nothing_where_it_shall_not_and_ends_quietly(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    monkeypatch.chdir(folder)
    ran = run(monkeypatch, Served(interrupted=True), "--no-open", "--port", 0)
    assert (ran.exit_code, browser.opened) == (0, [])


def test_a_browser_in_the_terminal_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("false"))
    assert run(monkeypatch, Served(), folder, "--port", 0).exit_code == 0

    def none() -> None:
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", none)
    assert run(monkeypatch, Served(), folder, "--port", 0).exit_code == 0


@pytest.mark.parametrize(("problems", "said"), [(0, "(no problems)"), (1, "(1 problem)"), (2, "(2 problems)")])
def test_it_counts_the_problems(folder: Path, monkeypatch: pytest.MonkeyPatch, problems: int, said: str) -> None:
    class Made:
        class state:  # noqa: N801 - as in Starlette
            class desk:  # noqa: N801 - as above
                class look:  # noqa: N801 - as above
                    pass

    Made.state.desk.look.problems = ["one"] * problems  # type: ignore[attr-defined]  # it stands for the app
    monkeypatch.setattr(preview, "app", lambda *_, **__: Made)
    assert said in run(monkeypatch, Served(), folder, "--no-open", "--port", 0).output


def test_a_folder_that_is_no_pack_is_refused_at_once(tmp_path: Path) -> None:
    ran = CliRunner().invoke(cli, ["preview", str(tmp_path)])
    assert ran.exit_code == 2
    assert ran.output.splitlines()[-1] == (
        f"Error: '{tmp_path}' is not the folder of a pack: there is no intimacy-pack.yaml in it; name the folder of one"
    )
