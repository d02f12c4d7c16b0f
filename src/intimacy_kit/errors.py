"""Every exception of the kit: what a caller did wrong, or what the world did.

Wrong *content* is never an exception by itself; it is a list of
:class:`~intimacy_kit.problems.Problem`. Each class passes its own arguments on,
so that it survives pickling, and says in one line what is wrong and what to do.
"""

from intimacy_kit.problems import Problem

__all__ = [
    "ErasedError",
    "IdempotencyError",
    "InvalidPackError",
    "InvalidValueError",
    "KitError",
    "MoveError",
    "NotOfferedError",
    "SpaceClosedError",
    "StoreBusyError",
    "StoreConflictError",
    "StoreCorruptError",
    "StoreError",
    "StoreKeyError",
    "StoreVersionError",
    "UnknownActivityError",
]


class KitError(Exception):
    """The base of everything the kit raises."""


class InvalidValueError(KitError, ValueError):
    """A value was built, or a function called, with something it cannot take."""

    def __init__(self, name: str, rule: str) -> None:
        super().__init__(name, rule)
        #: The argument or field.
        self.name = name
        #: What it must be; the value itself is not shown, it may be somebody's.
        self.rule = rule

    def __str__(self) -> str:
        return f"'{self.name}' {self.rule}"


class InvalidPackError(KitError):
    """A pack was asked for and has problems."""

    def __init__(self, pack: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(pack, problems)
        #: The pack, or the place it was looked for.
        self.pack = pack
        #: All that is wrong with it.
        self.problems = problems

    def __str__(self) -> str:
        more = len(self.problems) - 1
        rest = f"; and {more} more in .problems" if more else ""
        return f"pack '{self.pack}' cannot be used: {self.problems[0]}{rest}"


class UnknownActivityError(KitError, KeyError):
    """An activity was asked for that no pack in the catalog has."""

    def __init__(self, activity_id: str, similar: str = "") -> None:
        super().__init__(activity_id, similar)
        #: The id that was asked for.
        self.activity_id = activity_id
        #: The nearest id there is; empty where none is near.
        self.similar = similar

    def __str__(self) -> str:
        hint = f"did you mean '{self.similar}'?" if self.similar else "'intimacy-kit packs NAME' lists what a pack has"
        return f"no activity '{self.activity_id}'; {hint}"


class MoveError(KitError):
    """A move was made that an exercise or a story does not offer at this point."""

    def __init__(self, move: str, possible: tuple[str, ...]) -> None:
        super().__init__(move, possible)
        #: The move that was tried.
        self.move = move
        #: The moves there are.
        self.possible = possible

    def __str__(self) -> str:
        offered = ", ".join(f"'{move}'" for move in self.possible) or "none, it is over"
        return f"no move '{self.move}' here; possible: {offered}"


class StoreError(KitError):
    """A store could not be opened, read or written."""

    def __init__(self, store: str, reason: str) -> None:
        super().__init__(store, reason)
        #: The store, as the caller named it.
        self.store = store
        #: What went wrong, and what to do.
        self.reason = reason

    def __str__(self) -> str:
        return f"store '{self.store}' {self.reason}"


class StoreBusyError(StoreError):
    """A store could not be reached just now; the same call with the same key is safe, and may succeed."""


class StoreCorruptError(StoreError):
    """A store holds something that it was not given: a changed byte, a lost row, an older copy."""

    def __init__(self, store: str, reason: str, log: str = "", version: int = 0) -> None:
        super().__init__(store, reason)
        self.args = (store, reason, log, version)
        #: The log; empty where it is the file as a whole.
        self.log = log
        #: The event, counted from 1; 0 where it is the log as a whole.
        self.version = version

    def __str__(self) -> str:
        where = f", event {self.version}" if self.version else ""
        return f"{super().__str__()} (log '{self.log}'{where})" if self.log else super().__str__()


class StoreKeyError(StoreError):
    """What somebody wrote is kept encrypted, and the key that was given does not open it."""


class StoreConflictError(KitError):
    """Somebody else appended to the log first."""

    def __init__(self, log: str, expected: int, found: int) -> None:
        super().__init__(log, expected, found)
        #: The log.
        self.log = log
        #: The version the caller had read, in events.
        self.expected = expected
        #: The version the log has, in events.
        self.found = found

    def __str__(self) -> str:
        return f"log '{self.log}' has {self.found} events, expected {self.expected}; read it again, then append"


class StoreVersionError(KitError):
    """A store was written by a kit that knows a later format."""

    def __init__(self, store: str, found: int, supported: int) -> None:
        super().__init__(store, found, supported)
        #: The store.
        self.store = store
        #: The format it has.
        self.found = found
        #: The latest format this kit reads.
        self.supported = supported

    def __str__(self) -> str:
        known = f"this kit reads up to {self.supported}"
        return f"store '{self.store}' is in format {self.found}, {known}; upgrade intimacy-kit"


class IdempotencyError(KitError):
    """A key that was used for one append was used again for another one."""

    def __init__(self, log: str, key: str) -> None:
        super().__init__(log, key)
        #: The log.
        self.log = log
        #: The key.
        self.key = key

    def __str__(self) -> str:
        return f"key '{self.key}' was used in log '{self.log}' for other events; use a new key for a new append"


class ErasedError(KitError):
    """Something was appended to the log of a person who was erased."""

    def __init__(self, log: str) -> None:
        super().__init__(log)
        #: The log.
        self.log = log

    def __str__(self) -> str:
        return f"log '{self.log}' was erased; a person who comes back gets a new id"


class SpaceClosedError(KitError):
    """Something was done in a space that was closed, or by somebody who is not in it."""

    def __init__(self, space: str) -> None:
        super().__init__(space)
        #: The space.
        self.space = space

    def __str__(self) -> str:
        return f"space '{self.space}' is not open to this person; open a new space for those who want to go on"


class NotOfferedError(KitError):
    """An activity was asked for that does not fit now; it is never said why, or because of whom."""

    def __init__(self, activity_id: str) -> None:
        super().__init__(activity_id)
        #: The activity.
        self.activity_id = activity_id

    def __str__(self) -> str:
        return f"activity '{self.activity_id}' is not among what fits now; 'open' in the view lists what does"
