"""A program that appends to a log and says so after each append, for tests that kill it or run several at once.

``python appender.py FILE NAME COUNT [BATCH]``: COUNT appends (0: until killed) of BATCH events each, about activities
``NAME/n-1``, ``NAME/n-2``, ... in the joint log of the space ``us``; what another process appended first is read, and
the append tried again. After each acknowledged append the number of its last event is written to stdout, at once.
"""

import os
import sys
from datetime import UTC, datetime
from itertools import count as counting

from intimacy_kit.errors import StoreConflictError
from intimacy_kit.practice.events import Offered
from intimacy_kit.stores.sqlite import SQLiteStore


def offered(name: str, number: int) -> Offered:
    """Return the event of a number."""
    at = datetime(2026, 11, 23, 20, tzinfo=UTC)
    return Offered(activity=f"{name}/n-{number}", at=at, kind="prompt", skills=["trust"], depth=1)


def main(path: str, name: str, count: int, batch: int) -> None:
    """Append, and acknowledge."""
    with SQLiteStore(path) as store:
        there = store.events("us")
        version = len(there)
        mine = sum(event.activity.startswith(f"{name}/") for event in there)
        for _ in range(count) if count else counting():
            events = [offered(name, mine + n) for n in range(1, batch + 1)]
            while True:
                try:
                    version = store.append("us", events, expected=version)
                    break
                except StoreConflictError as conflict:
                    version = conflict.found
            mine += batch
            os.write(1, f"{mine}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int((*sys.argv, "1")[4]))
