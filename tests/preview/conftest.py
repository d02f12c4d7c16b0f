"""What the tests of the preview share: little packs that stand in folders of their own."""

import shutil
from pathlib import Path

import pytest

_HERE = Path(__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a pack with one thing of each kind, in English."""
    return Path(shutil.copytree(_HERE / "samovar", tmp_path / "samovar"))


@pytest.fixture
def arabic(tmp_path: Path) -> Path:
    """The folder of a pack in Arabic."""
    return Path(shutil.copytree(_HERE / "shay", tmp_path / "shay"))
