"""How many systems at random are tried: a few hundred every time, thousands with ``--full``."""

import pytest

_SOME, _ALL = 300, 4000


@pytest.fixture(scope="session")
def numbers(request: pytest.FixtureRequest) -> range:
    """The numbers of the systems."""
    return range(_ALL if request.config.getoption("--full") else _SOME)
