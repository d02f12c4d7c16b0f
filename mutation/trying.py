"""Tries mutants, as a plugin of pytest: each in a copy of this process, with the tests that reach it.

mutmut makes the mutants and reads the results (``mutmut show``, ``mutmut browse``). It would also try them, but has
pytest collect all tests again for each: for the stores that takes ten times as long as the tests that are needed.
"""

import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import chdir
from fnmatch import fnmatch
from itertools import count
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryFile
from typing import IO

import pytest
from _pytest.runner import runtestprotocol
from mutmut import __main__ as mutmut
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import mangled_name_from_mutant_name

#: What a mutant that ran into its limit is written down as.
_TIMEOUT = 36
_NO_TESTS = 33
#: How many seconds a test takes of which that is not known yet.
_LONGEST = 60

#: With a mutant a test may take so many times as long as without it, and so many seconds more: of the processor, and
#: where it waits for what never comes.
_PATIENCE, _AT_WORK, _WAITING = 20, 10, 60


def make(root: Path) -> None:
    """Make the mutants anew, in the folder ``mutants``."""
    rmtree(root / "mutants", ignore_errors=True)
    mutmut.copy_src_dir()
    mutmut.copy_also_copy_files()
    mutmut.create_mutants(1)


def try_all(root: Path, patterns: Sequence[str], *, one_in: int, go_on: bool, processes: int) -> None:
    """Try one in so many of the mutants with these names, and write down how it went, every now and then.

    To *go_on* is to leave out those that were tried before.

    Exits where the tests fail without any mutant.
    """
    mutmut.setup_source_paths()
    files = list(map(_loaded, walk_mutatable_files()))
    named = [
        (name, file)
        for file in files
        for name in file.exit_code_by_key
        if any(fnmatch(name, pattern) for pattern in patterns)
    ]
    todo = [(name, file) for name, file in named[::one_in] if not (go_on and file.exit_code_by_key[name] is not None)]
    trying = Trying(root, files, todo, processes)
    os.chdir(root / "mutants")
    try:
        code = pytest.main(
            ["--rootdir=.", "-q", "-s", *config().pytest_add_cli_args, *config().pytest_add_cli_args_test_selection],
            plugins=[trying],
        )
    finally:
        os.chdir(root)
    if code:
        sys.exit(f"the tests could not be run (pytest exited {int(code)})")


def _loaded(path: Path) -> SourceFileMutationData:
    file = SourceFileMutationData(path=path)
    file.load()
    return file


class Trying:
    """Runs the tests once to see which reach what, and then, for each mutant, those that reach it."""

    def __init__(
        self,
        root: Path,
        files: Sequence[SourceFileMutationData],
        todo: Sequence[tuple[str, SourceFileMutationData]],
        processes: int,
    ) -> None:
        self.root = root
        self.files = files
        self.todo = todo
        self.processes = processes
        self.running: dict[int, tuple[str, SourceFileMutationData]] = {}
        self.tests: Sequence[pytest.Item] = ()
        self.seconds: dict[int, float] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self) -> None:
        """Let properties try few examples, always the same ones, without looking for the smallest that fails."""
        from hypothesis import Phase, settings  # noqa: PLC0415 - pytest wants to be there first

        settings.register_profile(
            "mutation",
            database=None,
            deadline=None,
            derandomize=True,
            max_examples=12,
            phases=[Phase.explicit, Phase.generate],
        )

    def pytest_sessionstart(self) -> None:
        """Begin the one PostgreSQL that all copies share."""
        import postgres  # noqa: PLC0415 - of the tests, whose folder pytest has found by now

        postgres.server()
        postgres.stop = lambda: None  # by the tests; it is stopped when this process ends
        os.register_at_fork(after_in_child=lambda: setattr(postgres, "_numbers", count(1_000 * os.getpid())))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try them all, in place of running the tests."""
        self.tests = session.items
        reach = self._look()
        for number, (name, file) in enumerate(self.todo):
            tests = reach.get(mangled_name_from_mutant_name(name), ())
            if number % 100 == 0:
                print(f"{number} of {len(self.todo)}", file=sys.stderr, flush=True)
                self._save()
                self._check(tests)
            if len(self.running) >= self.processes:
                self._wait()
            self._begin(name, file, tests)
        while self.running:
            self._wait()
        self._save()
        return True

    def _check(self, tests: Sequence[int]) -> None:
        """Run the tests as for a mutant, but without one; exit where they fail, for then no mutant was killed."""
        _, status = os.waitpid(_in_a_copy(lambda: self._fails("", tests)), 0)
        if status:
            sys.exit("the tests fail without any mutant beside those with one; nothing of this is to be believed")

    def _save(self) -> None:
        """Write down how it went so far; whoever stops this loses little."""
        for file in self.files:
            with chdir(self.root):
                file.save()

    def _look(self) -> Mapping[str, Sequence[int]]:
        """Return which tests reach each function, the quick ones first; a copy finds out, so that nothing ran here."""
        with TemporaryFile() as told:
            os.waitpid(_in_a_copy(lambda: self._tell(told)), 0)
            told.seek(0)
            try:
                self.seconds, reach = pickle.load(told)
            except EOFError:
                sys.exit("the tests fail without any mutant")
        return {function: sorted(tests, key=self.seconds.__getitem__) for function, tests in reach.items()}

    def _tell(self, told: IO[bytes]) -> bool:
        """Write how long each test takes, and which of them reach each function."""
        seconds: dict[int, float] = {}
        reach: dict[str, list[int]] = {}
        set_mutant_under_test("stats")
        for number in range(len(self.tests)):
            state()._stats.clear()
            begun = time.perf_counter()
            if self._first_that_fails([number]) is not None:
                print(f"{self.tests[number].nodeid} fails", file=sys.stderr, flush=True)
                return True
            seconds[number] = time.perf_counter() - begun
            for function in state()._stats:
                reach.setdefault(function, []).append(number)
        pickle.dump((seconds, reach), told)
        told.flush()
        return False

    def _begin(self, name: str, file: SourceFileMutationData, tests: Sequence[int]) -> None:
        if not tests:
            file.exit_code_by_key[name] = _NO_TESTS
            return
        self.running[_in_a_copy(lambda: self._fails(name, tests))] = name, file

    def _wait(self) -> None:
        process, status = os.wait()
        if process in self.running:  # and not something that a test left behind
            name, file = self.running.pop(process)
            code = os.waitstatus_to_exitcode(status)
            file.exit_code_by_key[name] = _TIMEOUT if code < 0 else code

    def _fails(self, mutant: str, tests: Sequence[int]) -> bool:
        set_mutant_under_test(mutant)
        return self._first_that_fails(tests) is not None

    def _first_that_fails(self, tests: Sequence[int]) -> int | None:
        for number, following in zip(tests, [*tests[1:], None], strict=True):
            after = None if following is None else self.tests[following]
            patience = _PATIENCE * self.seconds.get(number, _LONGEST)
            signal.setitimer(signal.ITIMER_PROF, _AT_WORK + patience)  # whose signals end the process
            signal.alarm(int(_WAITING + patience))
            if any(report.failed for report in runtestprotocol(self.tests[number], log=False, nextitem=after)):
                return number
        return None


def _in_a_copy(do: Callable[[], bool]) -> int:
    """Begin a copy of this process that does something and ends with 1 where that is true or raises."""
    process = os.fork()
    if process:
        return process
    failed = True
    try:
        failed = do()
    finally:
        os._exit(failed)
