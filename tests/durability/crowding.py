"""What each of several processes or threads does to one store at the same time: appends, conflicts, retries.

``python -m durability.crowding FOLDER COUNT KIND [WHERE...]`` forks four processes; KIND is ``sqlite`` with a path, or
``postgres`` with a connection string and a schema. What each was answered it writes to ``FOLDER/NAME``: a line of
JSON for each acknowledged append, and for each conflict.
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from random import Random
from typing import Any

from durability.appends import LOGS, keep, planned
from durability.appends import Planned as Append

from intimacy_kit.errors import IdempotencyError, StoreConflictError
from intimacy_kit.stores import Store
from intimacy_kit.stores.sqlite import SQLiteStore

__all__ = ["CROWD", "SPACES", "Said", "planned_in", "work"]

#: Four: two devices of each person.
CROWD = ("ada-phone", "ada-table", "ben-phone", "ben-table")

#: Each is at home in one of them; were all in one, nearly every append would meet a conflict.
SPACES = tuple(f"us-{name}" for name in CROWD)

#: A number and the versions after it, or a log and what was expected and found there.
Said = tuple[Any, ...]


def planned_in(name: str, number: int) -> Append:
    """Return what one of them appends under a number: to the space where it is at home, or one in three to any."""
    draw = Random(f"{name} {number}")
    return planned(name, number, draw.choice(SPACES) if draw.randrange(3) == 0 else f"us-{name}")


def work(store: Store, name: str, count: int, say: Callable[[Said], None]) -> None:
    """Append so often; one in eight at once again, one in 16 much later; one in 16 keys is used for something else."""
    draw = Random(name)
    versions: dict[str, dict[str | None, int]] = {space: dict.fromkeys(LOGS, 0) for space in SPACES}
    answers: list[tuple[int, ...]] = []

    def conflict(slower: StoreConflictError) -> None:
        say((slower.log, slower.expected, slower.found))

    for number in range(1, count + 1):
        append = planned_in(name, number)
        answer = keep(store, append, versions[append.space], conflict)
        say((number, *answer))
        answers.append(answer)
        if draw.random() < 1 / 8:
            _try_again(store, append, answer)
        if draw.random() < 1 / 16:
            before = draw.randrange(len(answers))
            _try_again(store, planned_in(name, before + 1), answers[before])
        if draw.random() < 1 / 16:
            _use_the_key_of(store, append, planned(name, number + 6, append.space))


def _try_again(store: Store, append: Append, answer: tuple[int, ...]) -> None:
    """Try again what was acknowledged, as somebody does who did not hear the answer."""
    again = keep(store, append, dict.fromkeys(LOGS, 0), _never)
    grown = [place for place, (_, events) in enumerate(append.parts) if events]
    assert [again[place] for place in grown] == [answer[place] for place in grown], f"{append.key} was answered anew"


def _use_the_key_of(store: Store, append: Append, other: Append) -> None:
    """Append something else, of the same kind, with a key that was used."""
    try:
        store.append_all(other.space, other.at(dict.fromkeys(LOGS, 0)), key=append.key)
    except IdempotencyError:
        return
    raise AssertionError(f"{append.key} was taken for something else")


def _never(conflict: StoreConflictError) -> None:
    raise AssertionError(f"a retry was taken for something new: {conflict}")


def main(folder: Path, count: int, kind: str, *where: str) -> int:
    """Let four processes work, and return how many of them failed."""
    processes = {os.fork() or _work_and_end(folder / name, name, count, kind, where): name for name in CROWD}
    return sum(os.waitpid(process, 0)[1] != 0 for process in processes)


def _work_and_end(answers: Path, name: str, count: int, kind: str, where: tuple[str, ...]) -> int:
    status = 1
    try:
        with answers.open("w") as file, _opened(kind, where) as store:
            work(store, name, count, lambda said: _write(file, said))
        status = 0
    except BaseException as error:  # noqa: BLE001 - it must not go on as if it were its parent
        sys.stderr.write(f"{name}: {error!r}\n")
    finally:
        os._exit(status)


def _write(file: Any, said: Said) -> None:
    file.write(json.dumps(said) + "\n")


def _opened(kind: str, where: tuple[str, ...]) -> AbstractContextManager[Store]:
    if kind == "sqlite":
        return SQLiteStore(where[0])
    from intimacy_kit.stores.postgres import PostgresStore  # noqa: PLC0415 - an extra

    return PostgresStore(where[0], schema=where[1])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]))
