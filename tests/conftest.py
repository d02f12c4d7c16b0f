"""What all tests share: an option for those that can do more than there is time for every day, and the processes."""

import pytest

#: The pack from which the pages of codes are broken: what is to be looked at, and never imported.
collect_ignore = ["authoring/codes"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--full", action="store_true", help="try all systems at random, not only the first few hundred")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run the whole suite on all cores, and a part of it, which is done before they have started, in this process."""
    return 0 if config.args_source is config.ArgsSource.ARGS else None
