"""What the tests of the stores share: the end of the PostgreSQL that they began."""

from collections.abc import Iterator

import postgres
import pytest


@pytest.fixture(scope="session", autouse=True)
def _no_server_is_left_behind() -> Iterator[None]:
    yield
    postgres.stop()
