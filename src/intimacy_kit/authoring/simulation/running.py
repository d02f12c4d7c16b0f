"""All lives of a simulation, on all cores: cut into the same chunks and put together in the same order everywhere."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing, contextmanager
from functools import cached_property
from itertools import islice

from attrs import define, field, frozen

from intimacy_kit.authoring.simulation.casts import Cast, cast
from intimacy_kit.authoring.simulation.couples import live
from intimacy_kit.authoring.simulation.tallies import Sightings, Tally
from intimacy_kit.authoring.simulation.towns import Suggest, Town
from intimacy_kit.content.packs import Pack
from intimacy_kit.practice.suggestions import suggest

__all__ = ["Lived", "Run", "run"]

#: So many couples are lived in one piece.
_CHUNK = 16
#: Fewer days of couples than this are lived in one process.
_SMALL_RUN = 20_000
#: More than that Windows cannot wait for.
_MOST_JOBS = 61


@frozen(slots=False)
class Run:
    """All that says what will be lived, and how it will turn out."""

    packs: tuple[Pack, ...]
    #: The names of packs that are installed and cannot be used.
    refused: tuple[str, ...] = ()
    days: int = 90
    #: None is one couple in each role; fewer than that there never are, nor more where there is no role.
    couples: int | None = None
    seed: int = 0
    suggest: Suggest = suggest

    @cached_property
    def cast(self) -> Cast:
        """Who lives."""
        return cast(self.packs, self.refused, self.days)

    @property
    def lives(self) -> Iterator[tuple[int, int]]:
        """The number of the role, and of the couple in it, of each life."""
        roles = len(self.cast.roles)
        for role in range(roles):
            for couple in range(role, self.size, roles):
                yield role, couple // roles

    @property
    def size(self) -> int:
        """How many couples live."""
        roles = len(self.cast.roles)
        return max(self.couples or 0, roles) if roles else 0


@define
class Lived:
    """What was counted in some lives, by role and by persona."""

    tallies: dict[int, Tally] = field(factory=dict)
    sightings: dict[int, Sightings] = field(factory=dict)
    couples: int = 0

    def add(self, other: "Lived") -> None:
        """Add what was counted in others."""
        self.couples += other.couples
        for role, tally in other.tallies.items():
            self.tallies.setdefault(role, Tally()).add(tally)
        for persona, sightings in other.sightings.items():
            self.sightings.setdefault(persona, Sightings()).add(sightings)


Chunk = tuple[tuple[int, int], ...]


def _cores_for(the_run: Run) -> int:
    """Return how many cores are worth it: to begin a process takes longer than to live a small run."""
    return 1 if the_run.size * the_run.days < _SMALL_RUN else os.cpu_count() or 1


def run(the_run: Run, jobs: int | None, tell: Callable[[int, int], None]) -> Lived:
    """Live all lives on so many cores, None being all there are; *tell* hears how many are over, and of how many."""
    lives = the_run.lives
    chunks = list(iter(lambda: tuple(islice(lives, _CHUNK)), ()))
    jobs = min(jobs or _cores_for(the_run), len(chunks), _MOST_JOBS)
    together = Lived()
    tell(0, the_run.size)
    with closing(_one_by_one(the_run, chunks) if jobs <= 1 else _on_cores(the_run, chunks, jobs)) as pieces:
        for lived in pieces:
            together.add(lived)
            tell(together.couples, the_run.size)
    return together


def _one_by_one(the_run: Run, chunks: list[Chunk]) -> Generator[Lived, None, None]:
    town = _town(the_run)
    return (_lived(town, chunk) for chunk in chunks)


def _on_cores(the_run: Run, chunks: list[Chunk], jobs: int) -> Generator[Lived, None, None]:
    """Live the chunks in processes that are begun afresh, which works on every system and beside threads.

    Whoever stops listening, with Ctrl-C or an error, stops them too: none of them lives on.
    """
    context = multiprocessing.get_context("spawn")
    pieces: deque[Future[Lived]] = deque()
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(the_run,))
    try:
        with _deaf_to_ctrl_c():
            pieces = deque(pool.submit(_live_here, chunk) for chunk in chunks)
        while pieces:
            yield pieces.popleft().result()
    finally:
        if pieces:  # nobody waits for the rest; cancelled they may not be, that is not safe in a pool that breaks
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()
        pool.shutdown()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let processes that begin meanwhile be deaf to Ctrl-C: this one hears it a little later, and stops them."""
    if not hasattr(signal, "pthread_sigmask"):  # as on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _town(the_run: Run) -> Town:
    return Town(the_run.cast, the_run.days, the_run.seed, the_run.suggest)


def _lived(town: Town, chunk: Chunk) -> Lived:
    lived = Lived()
    for role, couple in chunk:
        persona = town.cast.roles[role].of_persona
        tally = lived.tallies.setdefault(role, Tally())
        live(town, role, couple, tally, lived.sightings.setdefault(persona, Sightings()))
        lived.couples += 1
    return lived


#: What a process of its own lives in: one town, for all its chunks.
_HERE: list[Town] = []


def _begin(the_run: Run) -> None:
    _HERE[:] = [_town(the_run)]


def _live_here(chunk: Chunk) -> Lived:
    return _lived(_HERE[0], chunk)
