"""The command line: it parses, calls the library and prints; it needs the extra ``cli``."""

import sys
from contextlib import suppress

__all__ = ["EXTRAS", "install_line", "main"]

#: What can be installed beside the kit itself.
EXTRAS = ("cli", "author", "languages", "encrypted", "postgres")

#: The extra that brings each package a command may miss.
_EXTRAS = {
    "click": "cli",
    "platformdirs": "cli",
    "rich": "cli",
    "build": "author",
    "hatchling": "author",
    "jinja2": "author",
    "markdown_it": "author",
    "openpyxl": "author",
    "packaging": "author",
    "pyproject_hooks": "author",
    "rapidfuzz": "author",
    "starlette": "author",
    "uvicorn": "author",
    "watchfiles": "author",
    "yaml": "author",
    "cryptography": "encrypted",
    "psycopg": "postgres",
}


def install_line(error: ModuleNotFoundError) -> str:
    """Return what to install for a missing package; raise the error again if it is none of an extra's.

    >>> install_line(ModuleNotFoundError(name="yaml"))
    "this command needs more than the kit itself: pip install 'intimacy-kit[author]'"
    """
    package = (error.name or "").partition(".")[0]
    if package not in _EXTRAS:
        raise error
    return f"this command needs more than the kit itself: pip install 'intimacy-kit[{_EXTRAS[package]}]'"


def main() -> None:
    """Run the command line: exit 0 is well, 1 is problems found, 2 is a wrong call."""
    try:
        from intimacy_kit.cli.commands import cli  # noqa: PLC0415 - the extra may be missing
    except ModuleNotFoundError as error:
        sys.stderr.write(f"intimacy-kit: {install_line(error)}\n")
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # a stream of somebody's own takes what it likes
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # where few characters are known, ? is one
    cli.main(prog_name="intimacy-kit")
