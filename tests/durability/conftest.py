"""What the tests of durability share."""

from collections.abc import Callable, Iterator

import postgres
import pytest


@pytest.fixture(scope="session", autouse=True)
def _no_server_is_left_behind() -> Iterator[None]:
    yield
    postgres.stop()


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    """Whether there is time for everything."""
    return bool(request.config.getoption("--full"))


@pytest.fixture
def tell(full: bool, capfd: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """What says how far a long run is."""

    def say(text: str) -> None:
        if full:
            with capfd.disabled():
                print(f"\n{text}", end="", flush=True)  # noqa: T201 - somebody sits before it

    return say
