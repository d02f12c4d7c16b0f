"""For the tests of writers: whether a pack is valid."""

from pathlib import Path

from intimacy_kit.content.packs import Pack
from intimacy_kit.errors import InvalidPackError
from intimacy_kit.loading.documents import load_pack

__all__ = ["assert_pack_valid"]


def assert_pack_valid(path: str | Path) -> Pack:
    """Return the compiled pack in a folder; fail, naming every problem, where there is any.

    A whole test of a pack::

        def test_the_pack_is_valid():
            assert_pack_valid(".")
    """
    try:
        return load_pack(path)
    except InvalidPackError as error:
        raise AssertionError("\n".join(str(problem) for problem in error.problems)) from None
