"""A program that appends to a log in PostgreSQL and says so after each append, for tests that kill the server.

``python postgres_appender.py CONNINFO SCHEMA NAME [own]``: appends one event after the other, about activities
``NAME/n-1``, ``NAME/n-2``, ..., to the joint log of the space ``us`` until it is killed; what somebody else appended
first is read, and the append tried again. With ``own`` each append has a key of the program's own, and is tried
again with it however often the store gives up; without, the store alone has to bring it through. After each
acknowledged append the number of its event is written to stdout, at once.
"""

import os
import sys
from itertools import count

from stores.appender import offered

from intimacy_kit.errors import StoreBusyError, StoreConflictError
from intimacy_kit.stores.postgres import PostgresStore


def main(conninfo: str, schema: str, name: str, *, own: bool) -> None:
    """Append, and acknowledge."""
    with PostgresStore(conninfo, schema=schema) as store:
        version = 0
        for number in count(1):
            key = f"{name}-{number}" if own else ""
            while True:
                try:
                    version = store.append("us", [offered(name, number)], expected=version, key=key)
                    break
                except StoreConflictError as conflict:
                    version = conflict.found
                except StoreBusyError:
                    if not own:
                        raise
            os.write(1, f"{number}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:4], own=sys.argv[4:] == ["own"])
