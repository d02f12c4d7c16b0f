"""The power goes at any moment: what was acknowledged is there afterwards, and nothing is there in part.

A program is recorded while it begins a store, appends and erases; the model of :mod:`durability.disks` then says
what may be left at each moment. With ``--full`` each moment is tried 100 times, which takes about three minutes:
``uv run pytest --no-cov tests/durability/test_power_cuts.py --full``.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random
from shutil import which

import pytest
from durability.appends import SPACE, Account, planned
from durability.disks import RECORDED, Call, Disk, Image, recorded, strace
from durability.places import folder_in_memory, program

from intimacy_kit.errors import ErasedError, StoreError
from intimacy_kit.stores.sqlite import SQLiteStore

pytestmark = pytest.mark.skipif(which("strace") is None, reason="strace is not there to record what a program writes")

APPENDS, SOME, ALL = 6, 2, 100


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> list[Call]:
    """What the store does to its disk when a few appends are made, and somebody is erased."""
    return _record(tmp_path_factory.mktemp("recorded"), "as it is")


def _record(folder: Path, how: str) -> list[Call]:
    (place := folder / "disk").mkdir()
    with program(
        "appending", place / "us.db", "ada", APPENDS, how, before=strace(folder / "calls", "-e", RECORDED)
    ) as it:
        assert it.stderr
        assert it.stderr.read() == ""
        assert it.wait() == 0
    return [*recorded(folder / "calls", place)]


def _losses(calls: list[Call], tries: int) -> tuple[int, list[str]]:
    """Return how often the power went, and what was wrong afterwards."""
    draw, wrong, times = Random(7), [], 0
    disk = Disk(next(call.where.rpartition("/")[0] for call in calls if call.makes))
    for number, call in enumerate(calls):
        disk.take(call)
        images: list[Image] = []
        for chance in (None, *[draw] * tries):
            if (image := disk.left(chance)) not in images:
                images.append(image)
        for what in images:
            times += 1
            try:
                with folder_in_memory() as folder:
                    _look_at(what, folder)
            except (AssertionError, StoreError) as error:
                wrong.append(f"after call {number}, {call.name} {Path(call.where).name}: {error}")
    return times, wrong


def _look_at(image: Image, folder: Path) -> None:
    """Complain where an image does not hold what was heard of."""
    image.write(folder)
    *answers, last = image.heard.split("\n")
    assert last == ""
    erased = answers[-1:] == ["erased"]
    account = Account()
    for number, *answer in (map(int, line.split()) for line in answers if line != "erased"):
        account.add("ada", planned("ada", number), answer)
    if erased:
        assert not any(b"ada said" in content for content in image.files.values()), "words are there after an erase"
    with SQLiteStore(folder / "us.db") as store:
        if erased or (account.appends == APPENDS and store.events(SPACE, partner="ada") == ()):
            assert store.events(SPACE, partner="ada") == (), "somebody who was erased is there"
            assert store.head(SPACE).version > 0
            assert _is_erased(store), "somebody who was erased can come back"
            return
        account.compare(store, [planned("ada", account.appends + 1)])


def _is_erased(store: SQLiteStore) -> bool:
    try:
        store.append_all(SPACE, planned("ada", 1).at({"ada": 0}))
    except ErasedError:
        return True
    return False


def test_nothing_acknowledged_is_lost_when_the_power_goes(
    calls: list[Call], full: bool, tell: Callable[[str], None]
) -> None:
    """attack 61, attack 60: whatever was not synced may be there or not, sector by sector; each kill is tried, too."""
    times, wrong = _losses(calls, ALL if full else SOME)
    tell(f"the power went {times} times in {len(calls)} calls\n")
    assert wrong == []


@pytest.mark.parametrize("waits", ["OFF", "FULL"])
def test_to_wait_for_less_would_lose_what_was_acknowledged(tmp_path: Path, waits: str) -> None:
    """FULL does not sync the folder when the journal is gone, so the journal may be back, and undo what was kept."""
    _, wrong = _losses(_record(tmp_path, waits), SOME)
    assert any("lost what was acknowledged" in one for one in wrong)
