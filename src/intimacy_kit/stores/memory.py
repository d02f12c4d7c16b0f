"""A store in memory, for tests and for evenings that leave no trace."""

from intimacy_kit.stores.sqlite import SQLiteStore

__all__ = ["MemoryStore"]


class MemoryStore(SQLiteStore):
    """Keeps events until the program ends, or until it is closed. Any thread may use it.

    >>> MemoryStore().events("us")
    ()
    """

    def __init__(self) -> None:
        self._open(":memory:", "in memory", "delete", None, must_exist=False)
