"""What the tests of the command line share: a little pack, and people who play evenings with it."""

import shutil
from pathlib import Path

import pytest
from cli.evenings import Evening

from intimacy_kit.authoring.building import build, compile_pack
from intimacy_kit.cli.session import Names
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries

KETTLE = Path(__file__).parent / "kettle"


@pytest.fixture(scope="session")
def kettle() -> Catalog:
    """The little pack."""
    pack = compile_pack(KETTLE).pack
    assert pack is not None
    return Catalog([pack])


@pytest.fixture
def evening(kettle: Catalog, tmp_path: Path) -> Evening:
    """Two or more people who have not begun yet."""
    return Evening(kettle, names=Names(tmp_path / "names.json"))


@pytest.fixture
def two(evening: Evening) -> Evening:
    """Ada and Ben, who allow what goes without saying."""
    evening.settled({"1": "Ada", "2": "Ben"}, Boundaries())
    return evening


@pytest.fixture
def open_two(evening: Evening) -> Evening:
    """Ada and Ben, who allow all depths and to talk about worries."""
    evening.settled({"1": "Ada", "2": "Ben"}, Boundaries(depth=4, topics={"worry": "yes"}))
    return evening


@pytest.fixture
def one(evening: Evening) -> Evening:
    """Zoë, alone."""
    evening.settled({"1": "Zoë"}, Boundaries())
    return evening


@pytest.fixture
def kettle_folder(tmp_path: Path) -> Path:
    """The compiled little pack in a folder."""
    folder = Path(shutil.copytree(KETTLE, tmp_path / "kettle"))
    build(folder)
    return folder
