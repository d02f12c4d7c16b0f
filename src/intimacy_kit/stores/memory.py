"""A store in memory, for tests and for evenings that leave no trace."""

from weakref import finalize

from intimacy_kit.stores.sqlite import SQLiteStore

__all__ = ["MemoryStore"]


class MemoryStore(SQLiteStore):
    """Keeps events as long as somebody has it, or until it is closed. Any thread may use it.

    >>> MemoryStore().events("us")
    ()
    """

    def __init__(self) -> None:
        self._open(":memory:", "in memory", "delete", None, must_exist=False)
        finalize(self, self._connection.close)  # nothing is lost by it, so that nobody has to
