"""How the tests run while mutants are tried, as a plugin of pytest: what finds most in least time comes first.

A mutant is dead as soon as one test fails. So properties try few examples, always the same ones, and do not look for
the smallest that fails; they come last, after them what asks a PostgreSQL; and of that there is one for all mutants.
"""

import os
import sys
from itertools import count

import pytest
from hypothesis import Phase, settings

settings.register_profile(
    "mutation",
    database=None,
    deadline=None,
    derandomize=True,
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what is quick first."""
    items.sort(key=_slowness)


def _slowness(test: pytest.Item) -> tuple[bool, bool]:
    return "postgres" in test.nodeid, getattr(getattr(test, "obj", None), "is_hypothesis_test", False)


def pytest_sessionstart() -> None:
    """Begin the PostgreSQL in mutmut's own process; each mutant is tried in a copy of it."""
    import postgres  # noqa: PLC0415 - of the tests, whose folder pytest has found by now

    postgres.server()
    postgres.stop = lambda: None  # it stops when mutmut does


def _in_a_mutant() -> None:
    """Let the stores of each mutant stand in places of their own."""
    if "postgres" in sys.modules:
        sys.modules["postgres"]._numbers = count(1_000 * os.getpid())  # type: ignore[attr-defined]


os.register_at_fork(after_in_child=_in_a_mutant)
