"""What became of ids that a pack had before: renamed, merged, split, or retired."""

import re

from attrs import field, frozen

from intimacy_kit.content.checks import distinct, instance, instances, is_id, matching, one_of, ordered
from intimacy_kit.errors import InvalidValueError

__all__ = ["CREDITS", "MOST_MIGRATIONS", "OPERATIONS", "Migration", "Operation", "is_migration"]

#: How many migrations a pack may have.
MOST_MIGRATIONS = 1000

#: What an operation does: the fewest and the most old ids, then the fewest and the most new ones.
OPERATIONS = {
    "rename": ((1, 1), (1, 1)),
    "merge": ((2, 20), (1, 1)),
    "split": ((1, 1), (2, 20)),
    "retire": ((1, 1), (0, 0)),
}

#: What the new id is credited with: that the old one was done, or only that it was offered, so that it stays open.
CREDITS = ("done", "offered")

_NAME = re.compile(r"[a-z][a-z0-9-]{0,63}/[a-z0-9][a-z0-9-]{0,63}")
_id = matching(is_id, "must be ids such as foundations/coming-back")


def is_migration(value: object) -> bool:
    """Tell whether the value is the full name of a migration: ``pack-name/2027-03-two-walks``.

    >>> is_migration("tea/2027-03-two-walks"), is_migration("two walks")
    (True, False)
    """
    return type(value) is str and _NAME.fullmatch(value) is not None


@frozen(kw_only=True)
class Operation:
    """One thing that became of one or several ids."""

    #: One of ``OPERATIONS``.
    op: str = field(validator=one_of(tuple(OPERATIONS)))
    #: The ids there were.
    old: tuple[str, ...] = field(converter=ordered, validator=distinct(_id, least=1, most=20))
    #: The ids there are instead; none where it was retired.
    new: tuple[str, ...] = field(default=(), converter=ordered, validator=distinct(_id, most=20))
    #: One of ``CREDITS``.
    credit: str = field(default="done", validator=one_of(CREDITS))

    def __attrs_post_init__(self) -> None:
        """Check that there are as many ids as the operation has."""
        for name, (least, most) in zip(("old", "new"), OPERATIONS[self.op], strict=True):
            if not least <= len(getattr(self, name)) <= most:
                raise InvalidValueError(name, f"must be as many ids as to {self.op} takes")


@frozen(kw_only=True)
class Migration:
    """What became of some ids in one release; it is never changed once released, and applied once, by its name.

    >>> walk = Operation(op="split", old=["tea/walk"], new=["tea/short-walk", "tea/long-walk"])
    >>> Migration(name="tea/2027-03-two-walks", operations=[walk]).operations[0].credit
    'done'
    """

    #: ``pack-name/name``; the name is that of its file.
    name: str = field(validator=matching(is_migration, "must be a name such as tea/2027-03-two-walks"))
    operations: tuple[Operation, ...] = field(
        converter=tuple[Operation, ...], validator=instances(instance(Operation, "operations"), least=1, most=100)
    )
