"""What all tests share: an option for those that can do more than there is time for every day."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--full", action="store_true", help="try all systems at random, not only the first few hundred")
