"""How a saved file gets onto the page."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
import uvicorn
from preview.asking import ask
from watchfiles import awatch

from intimacy_kit.authoring.preview import app, bound, server_of, watching
from intimacy_kit.authoring.preview.looking import Look, look
from intimacy_kit.authoring.preview.serving import HOST
from intimacy_kit.authoring.preview.watching import Desk
from intimacy_kit.errors import KitError

_PATIENCE_SECONDS = 20


async def until(desk: Desk, holds: Callable[[], bool]) -> None:
    """Wait for changes until something holds."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        async for _ in desk.changes(""):
            if holds():
                return


def watched(folder: Path, do: Callable[[Desk], None], holds: Callable[[Desk], bool]) -> None:
    """Watch a folder, do something, and wait until something holds."""

    async def run() -> None:
        desk = Desk(folder)
        task = asyncio.create_task(desk.watch())
        await asyncio.sleep(0)
        do(desk)
        try:
            await until(desk, lambda: holds(desk))
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())


def titles(desk: Desk) -> set[str]:
    return {str(piece.title) for piece in desk.look.pieces}


def test_a_saved_change_is_seen(folder: Path) -> None:
    file = folder / "guides/why-tea.md"
    watched(
        folder,
        lambda _: void(file.write_text(file.read_text("utf-8").replace("Why tea?", "Why not?"), "utf-8")),
        lambda desk: "Why not?" in titles(desk),
    )


def void(_: object) -> None:
    """Return nothing."""


def test_a_broken_file_shows_its_problem_and_a_mended_one_is_back(folder: Path) -> None:
    file = folder / "exercises/table.yaml"
    whole = file.read_text("utf-8")
    seen = []

    def mend_after(desk: Desk) -> bool:
        seen.append([one.where.file for one in desk.look.others])
        if "exercises/table.yaml" in seen[-1]:
            file.write_text(whole, "utf-8")
        return any("exercises/table.yaml" in one for one in seen) and "One pours, one tells" in titles(desk)

    watched(folder, lambda _: void(file.write_text("exercises: [", "utf-8")), mend_after)


def test_a_folder_that_goes_away_and_comes_back_is_followed(folder: Path, tmp_path: Path) -> None:
    def come_back(desk: Desk) -> bool:
        if not desk.look.pieces and (tmp_path / "away").exists():
            assert [one.where.file for one in desk.look.problems] == ["intimacy-pack.yaml"]
            (tmp_path / "away").rename(folder)
            return False
        return "Why tea?" in titles(desk) and not (tmp_path / "away").exists()

    watched(folder, lambda _: void(folder.rename(tmp_path / "away")), come_back)


def test_a_folder_that_another_one_takes_the_place_of_is_followed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []
    monkeypatch.setattr(watching, "awatch", lambda root, **more: void(begun.append(root)) or awatch(root, **more))
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    (other / "guides/why-tea.md").unlink()

    def swap(_: Desk) -> None:
        folder.rename(tmp_path / "away")
        other.rename(folder)

    def edited(desk: Desk) -> bool:
        if "Why tea?" not in titles(desk):
            (folder / "stories/two-glasses.md").unlink(missing_ok=True)
        return "Two glasses" not in titles(desk)

    watched(folder, swap, edited)
    assert begun == [folder, folder]


def refreshed(desk: Desk) -> bool:
    before = desk.look
    asyncio.run(desk._refresh())
    return desk.look is not before


def test_it_looks_again_only_when_what_is_written_has_changed(folder: Path) -> None:
    desk = Desk(folder)
    assert not refreshed(desk)
    file = folder / "guides/why-tea.md"
    os.utime(file, (1, 1))
    (folder / ".hidden.yaml").write_text("x", "utf-8")
    (folder / "guides/why-tea.md~").write_text("x", "utf-8")
    (folder / ".git").mkdir()
    (folder / ".git/index").write_text("x", "utf-8")
    assert not refreshed(desk)
    file.write_text(file.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert refreshed(desk)
    assert not refreshed(desk)


def test_what_was_only_touched_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(folder)
    os.utime(folder / "guides/why-tea.md", (1, 1))
    reads: list[object] = []
    digest = watching._digest
    monkeypatch.setattr(watching, "_digest", lambda *given: reads.append(given) or digest(*given))
    assert [refreshed(desk) for _ in range(3)] == [False] * 3
    assert len(reads) == 1


def test_what_is_saved_while_it_looks_is_looked_at_once_more_and_no_oftener(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "guides/why-tea.md"
    whole, looks = file.read_text("utf-8"), []

    def slow(*given: object) -> Look:
        looks.append(given)
        if len(looks) == 1:
            for number in range(5):
                time.sleep(0.1)  # longer than a burst of saves
                file.write_text(whole.replace("tea?", f"tea number {number}?"), "utf-8")
        return look(*given)  # type: ignore[arg-type]  # as they were given

    async def run() -> None:
        desk = Desk(folder)
        monkeypatch.setattr(watching, "look", slow)
        task = asyncio.create_task(desk.watch())
        await asyncio.sleep(0.3)  # until the folder is watched
        file.write_text(whole.replace("tea?", "coffee?"), "utf-8")
        await until(desk, lambda: "Why tea number 4?" in titles(desk))
        await asyncio.sleep(1.5)  # as long as it takes to be asked again without a change
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    assert len(looks) == 2


def test_a_large_file_is_told_apart_by_its_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_LARGE", 10)
    desk = Desk(folder)
    os.utime(folder / "guides/why-tea.md", (1, 1))
    assert refreshed(desk)


def test_a_file_that_goes_away_meanwhile_waits_for_the_next_look(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(folder)
    (folder / "guides/why-tea.md").unlink()
    with monkeypatch.context() as broken:
        broken.setattr(watching, "look", lambda *_: (folder / "gone").read_bytes())
        assert not refreshed(desk)
    (folder / "dangling.yaml").symlink_to(folder / "nowhere")
    assert refreshed(desk)
    assert watching._digest(folder, (("gone.yaml", 1, 1),)) != watching._digest(folder, ())


def test_a_mistake_of_the_kit_stops_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = app(folder)
    desk = preview.state.desk
    (folder / "guides/why-tea.md").unlink()
    with monkeypatch.context() as broken:
        broken.setattr(watching, "look", lambda *_: next(iter(())))
        assert refreshed(desk)
    page = ask(preview, "/activities/why-tea")
    assert page.status == 200
    assert "could not be looked at, by a mistake of the kit (StopIteration)" in page.words
    (folder / "guides/another.md").write_text("x", "utf-8")
    assert refreshed(desk)
    assert ask(preview, "/activities/why-tea").status == 404


def test_those_who_wait_are_let_go_when_it_ends(folder: Path) -> None:
    desk = Desk(folder)

    async def run() -> list[str]:
        async def collect() -> list[str]:
            return [version async for version in desk.changes("")]

        waiting = asyncio.create_task(collect())
        await asyncio.sleep(0)
        desk.close()
        return await asyncio.wait_for(waiting, _PATIENCE_SECONDS)

    assert asyncio.run(run()) == [desk.look.version]


# The server


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Serve the preview of a folder, and give its port."""
    at = bound(0)
    server = server_of(app(folder))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [at]})
    thread.start()
    try:
        yield at.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(_PATIENCE_SECONDS)
        at.close()
        assert not thread.is_alive()


def test_a_browser_hears_of_each_change_once(folder: Path) -> None:
    file = folder / "guides/why-tea.md"
    with served(folder) as port, closing(HTTPConnection(HOST, port, timeout=_PATIENCE_SECONDS)) as connection:
        connection.request("GET", "/changes?seen=another")
        answer = connection.getresponse()
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        lines = (line.decode().strip() for line in answer)
        assert [next(lines) for _ in range(3)] == ["retry: 1000", "", "event: changed"]
        before = next(lines)
        time.sleep(0.3)  # until the folder is watched; a change before that is found a second later
        for number in range(5):
            file.write_text(f"{file.read_text('utf-8')}\nMore {number}.\n", "utf-8")
        changed = [next(line for line in lines if line.startswith("data:"))]
        assert changed != [before]
        while "More 4." not in str(ask_over(port, "/activities/why-tea")):
            changed.append(next(line for line in lines if line.startswith("data:")))
        assert len(changed) <= 2


def ask_over(port: int, address: str) -> str:
    with closing(HTTPConnection(HOST, port, timeout=_PATIENCE_SECONDS)) as connection:
        connection.request("GET", address)
        return connection.getresponse().read().decode()


def test_those_who_wait_are_let_go_before_the_server_waits_for_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview, closed = app(folder), []

    async def shutdown(*_: object) -> None:
        closed.append(preview.state.desk.closed)

    monkeypatch.setattr(uvicorn.Server, "shutdown", shutdown)
    asyncio.run(server_of(preview).shutdown())
    assert closed == [True]


def test_it_listens_on_this_machine_only_and_takes_the_next_free_port() -> None:
    with closing(bound(0)) as one:
        host, port = one.getsockname()
        assert host == "127.0.0.1"
        with closing(bound(port)) as other:
            assert other.getsockname()[1] > port


def test_it_says_when_no_port_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(socket.socket, "bind", taken)
    with pytest.raises(KitError, match="no port from '8700' to 8749 is free; name another one with --port"):
        bound(8700)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no Ctrl-C to one process alone")
def test_ctrl_c_ends_it_quietly_while_a_page_is_open(folder: Path) -> None:
    import signal  # noqa: PLC0415 - only here

    call = "from intimacy_kit.cli.previewing import preview_command as c; c(prog_name='preview')"
    command = [sys.executable, "-c", call, str(folder), "--no-open", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline(), process.stdout.readline()]
        port = int(said[1].split("/")[2].partition(":")[2])
        with closing(HTTPConnection(HOST, port, timeout=_PATIENCE_SECONDS)) as connection:
            connection.request("GET", "/changes")
            assert connection.getresponse().readline() == b"retry: 1000\n"
            process.send_signal(signal.SIGINT)
            assert process.wait(_PATIENCE_SECONDS) == 0
        assert process.stdout.read() == "It follows every save. Ctrl-C ends it.\n\n"
        assert process.stderr is not None
        assert process.stderr.read() == ""
