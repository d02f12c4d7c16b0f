"""A program that appends to a file, alone, and says so.

``python -m durability.appending FILE WRITER [COUNT [HOW]]``: COUNT appends (none: until it is killed), as
:func:`durability.appends.planned` has them. After each one its number and the answer are written to stdout, at once.
What fails is tried again, with the same key; how often the store said what is written at the end. Where HOW is said,
the person is erased at last; HOW is another way to wait for the disk than that of the store, such as ``OFF``, or
``as it is``.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import TypeVar

from attrs import Factory, define
from durability.appends import SPACE, keep, planned, versions_of

from intimacy_kit.errors import StoreError
from intimacy_kit.stores.sqlite import SQLiteStore

T = TypeVar("T")


@define
class Stubborn:
    """Tries again and again, and remembers what it was told."""

    told: Counter[str] = Factory(Counter)

    def do(self, action: Callable[[], T]) -> T:
        """Do something, however often it fails."""
        while True:
            try:
                return action()
            except StoreError as error:
                self.told[f"{type(error).__name__}: {error.reason}"] += 1


def main(path: str, writer: str, most: int = 0, how: str = "") -> None:
    """Append, and acknowledge."""
    stubborn = Stubborn()
    with stubborn.do(lambda: SQLiteStore(path)) as store:
        if how.isupper():
            store._connection.execute(f"PRAGMA synchronous = {how}")
        versions = stubborn.do(lambda: versions_of(store))
        for number in range(1, most + 1) if most else count(1):
            append = planned(writer, number)
            answer = stubborn.do(lambda append=append: keep(store, append, versions))  # type: ignore[misc]
            os.write(1, f"{number} {' '.join(map(str, answer))}\n".encode())
        if how:
            stubborn.do(lambda: store.erase(SPACE, writer, shared=True))
            os.write(1, b"erased\n")
    for reason, times in stubborn.told.items():
        os.write(1, f"{times} x {reason}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3] if sys.argv[3:] else 0), "".join(sys.argv[4:]))
