"""A program that lets two writers append to one file, kills both again and again, and looks at what is left.

``python -m durability.killing FILE JOURNAL KILLS SEED``. A writer is forked from here, opens the file, does first what
it may have done before it was killed (with the same key), and appends until it is killed; what it was answered it
writes into a pipe before it goes on. Every now and then, and at the end, everything that was acknowledged has to be
there, once and in order. Prints how far it is, and at the end a line of JSON.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any, NoReturn

from attrs import Factory, define, frozen
from durability.appends import LOGS, PEOPLE, SPACE, Account, keep, planned, versions_of

from intimacy_kit.stores import Head
from intimacy_kit.stores.sqlite import SQLiteStore

#: How long writers live at most, in seconds: what it takes to open the file, and a few appends.
_LIVES = 0.06
#: How long one outlives the other at most.
_OUTLIVES = 0.01
#: One round in so many is looked at by somebody who writes nothing; else the next writers mend what is left.
_LOOK = 4
#: A writer tries one acknowledged append in so many again.
_AGAIN = 5
_LONGEST_LINE = 512


@frozen
class Writer:
    """A writer that lives, and the end of a pipe to hear from it."""

    name: str
    process: int
    pipe: int

    def kill(self) -> None:
        """Kill it; it has to be alive till then."""
        os.kill(self.process, signal.SIGKILL)
        _, status = os.waitpid(self.process, 0)
        assert os.WIFSIGNALED(status), f"{self.name} ended by itself"
        assert os.WTERMSIG(status) == signal.SIGKILL

    def said(self) -> Iterator[tuple[int, list[int]]]:
        """Give the number and the answer of all that was acknowledged to it."""
        with os.fdopen(self.pipe) as lines:
            for line in lines:
                number, *answer = map(int, line.split())
                yield number, answer


def begin(path: str, journal: Any, name: str, after: int) -> Writer:
    """Fork a writer that appends what comes after a number."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(ours)
        _append_until_killed(path, journal, name, after, theirs)
    os.close(theirs)
    return Writer(name, process, ours)


def _append_until_killed(path: str, journal: Any, name: str, after: int, pipe: int) -> NoReturn:
    try:
        with SQLiteStore(path, journal=journal) as store:
            number, versions = after, versions_of(store)
            while True:
                number += 1
                append = planned(name, number)
                answer = keep(store, append, versions)
                os.write(pipe, f"{number} {' '.join(map(str, answer))}\n".encode())  # whole: it is short
                if number % _AGAIN == 0:
                    again = store.append_all(SPACE, append.at(dict.fromkeys(LOGS, 0)), key=append.key)
                    assert again == answer, f"{append.key} was answered in two ways"
    except BaseException as error:  # noqa: BLE001 - it must not go on as if it were its parent
        sys.stderr.write(f"{name}: {error!r}\n")
        os._exit(1)


@define
class Trial:
    """A file, two who write to it, and what they were told."""

    path: str
    journal: Any
    draw: Random
    account: Account = Factory(Account)
    #: The last number that was acknowledged to each.
    done: dict[str, int] = Factory(lambda: dict.fromkeys(PEOPLE, 0))
    heads: dict[str | None, Head] = Factory(dict)
    kills: int = 0
    #: How often a journal was left behind, by those who were killed in the middle of a commit.
    journals: int = 0
    looks: int = 0

    def run(self, kills: int) -> None:
        """Kill so often, and look."""
        began = monotonic()
        while self.kills < kills:
            self.round()
            if self.draw.randrange(_LOOK) == 0:
                self.look()
            if self.kills % 500 == 0:
                sys.stdout.write(f"{self.kills} kills, {self.account.appends} appends, {monotonic() - began:.0f} s\n")
                sys.stdout.flush()
        self.end()

    def round(self) -> None:
        """Let both live for a while, kill both, and hear what they were told."""
        writers = [begin(self.path, self.journal, name, self.done[name]) for name in PEOPLE]
        sleep(self.draw.uniform(0, _LIVES))
        for writer in self.draw.sample(writers, len(writers)):
            writer.kill()
            self.kills += 1
            sleep(self.draw.uniform(0, _OUTLIVES))
        self.journals += Path(f"{self.path}-journal").exists()
        for writer in writers:
            for number, answer in writer.said():
                assert number == self.done[writer.name] + 1
                self.done[writer.name] = number
                self.account.add(writer.name, planned(writer.name, number), answer)

    def look(self) -> None:
        """Compare what is there with what was acknowledged; nothing that stood there at the last look has changed."""
        self.looks += 1
        with SQLiteStore(self.path, journal=self.journal) as store:
            self.account.compare(store, [planned(name, number + 1) for name, number in self.done.items()])
            for log, head in self.heads.items():
                store.check_head(SPACE, head, partner=log)
            heads = {log: store.head(SPACE, partner=log) for log in LOGS}
            self.heads = {log: head for log, head in heads.items() if head.version}

    def end(self) -> None:
        """Finish what was not acknowledged, and compare all."""
        with SQLiteStore(self.path, journal=self.journal) as store:
            for name, number in self.done.items():
                append = planned(name, number + 1)
                self.account.add(name, append, keep(store, append, versions_of(store)))
            self.account.compare(store)


def main(path: str, journal: Any, kills: int, seed: int) -> None:
    """Kill so often, and print what was seen."""
    SQLiteStore(path, journal=journal).close()
    trial = Trial(path, journal, Random(seed))
    trial.run(kills)
    seen = {name: getattr(trial, name) for name in ("kills", "journals", "looks")}
    sys.stdout.write(json.dumps(seen | {"appends": trial.account.appends}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
