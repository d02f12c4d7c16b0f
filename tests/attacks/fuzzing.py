"""Mutated inputs for everything that reads bytes: ``PYTHONPATH=tests python -m attacks.fuzzing 10000000``.

The same number gives the same input. What is found names its reader and its number; ``input_of`` gives the bytes again.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from attacks.mutations import mutated
from attacks.quiet import seconds_of, untraced
from attacks.readers import READERS, Reader
from attrs import field, frozen

__all__ = ["Fuzzed", "fuzz", "fuzz_everywhere", "input_of"]

#: The seconds that the worst input may take, on the machine on which limits were set.
_ENOUGH = 0.05
#: How many inputs one process takes at a time.
_AT_A_TIME = 50_000


@frozen
class Fuzzed:
    """What came of some inputs."""

    #: How many answers there were of each kind, by reader and kind.
    answers: Counter[tuple[str, str]] = field(factory=Counter)
    #: What broke a promise: the input and what happened.
    broken: tuple[str, ...] = ()
    #: The seconds of the slowest input, and which it was.
    slowest: tuple[float, str] = (0.0, "")

    def __add__(self, other: "Fuzzed") -> "Fuzzed":
        """Return what came of both."""
        return Fuzzed(self.answers + other.answers, self.broken + other.broken, max(self.slowest, other.slowest))


def input_of(number: int, readers: Sequence[Reader] = READERS) -> tuple[Reader, bytes]:
    """Return the reader and the bytes of a number."""
    turn = number % sum(reader.share for reader in readers)
    for reader in readers:
        turn -= reader.share
        if turn < 0:
            break
    return reader, mutated(reader.seeds, number)


def fuzz(numbers: range, readers: Sequence[Reader] = READERS) -> Fuzzed:
    """Give the inputs of these numbers to their readers."""
    answers: Counter[tuple[str, str]] = Counter()
    broken: list[str] = []
    slowest = (0.0, "")
    with untraced():
        for number in numbers:
            reader, data = input_of(number, readers)
            begun = time.thread_time()
            try:
                answers[reader.name, reader.read(data)] += 1
            except BaseException as error:  # noqa: BLE001 - that is what is looked for
                broken.append(f"{reader.name} {number}: {type(error).__name__}: {error}")
            taken = time.thread_time() - begun
            if taken > _ENOUGH:
                taken = seconds_of(lambda: reader.read(data), enough=_ENOUGH)  # noqa: B023 - called at once
                if taken > _ENOUGH:
                    broken.append(f"{reader.name} {number}: {taken * 1000:.0f} ms for {len(data)} bytes")
            slowest = max(slowest, (taken, f"{reader.name} {number}"))
    return Fuzzed(answers, tuple(broken), slowest)


def fuzz_everywhere(how_many: int) -> Iterator[Fuzzed]:
    """Give so many inputs to their readers, on all processors; gives what came of each part as it is done."""
    parts = [range(at, min(at + _AT_A_TIME, how_many)) for at in range(0, how_many, _AT_A_TIME)]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from pool.map(fuzz, parts)


def main(how_many: int) -> int:
    """Fuzz and tell; return 1 if anything was found."""
    begun = time.monotonic()
    all_of_it = Fuzzed()
    for part in fuzz_everywhere(how_many):
        all_of_it += part
        done = sum(all_of_it.answers.values()) + len(all_of_it.broken)
        rate = done / (time.monotonic() - begun)
        print(f"{done:,} inputs, {rate:,.0f} a second, {len(all_of_it.broken)} broken", flush=True)  # noqa: T201
        print(*part.broken[:20], sep="\n", end="\n" * bool(part.broken), flush=True)  # noqa: T201
    for (reader, answer), count in sorted(all_of_it.answers.items()):
        print(f"  {reader:18} {answer:20} {count:,}")  # noqa: T201
    print(f"slowest: {all_of_it.slowest[0] * 1000:.1f} ms ({all_of_it.slowest[1]})")  # noqa: T201
    return int(bool(all_of_it.broken))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
