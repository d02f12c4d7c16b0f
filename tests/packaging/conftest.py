"""What is built once for all tests of this folder."""

import pytest
from environments import Artifacts, build_all


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Artifacts:
    return build_all(tmp_path_factory.mktemp("built"))
