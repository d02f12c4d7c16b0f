"""Whether a pack keeps what it promised with its last release: nobody's history loses its meaning."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from intimacy_kit.authoring.json_sources import read_json
from intimacy_kit.authoring.sources import wrong_with
from intimacy_kit.authoring.updates.changes import Change
from intimacy_kit.authoring.updates.comparing import Comparison, compare
from intimacy_kit.authoring.updates.migrations import FOLDER
from intimacy_kit.authoring.updates.snapshots import Snapshot, snapshot_of
from intimacy_kit.problems import Problem, Where

__all__ = ["RELEASED", "check_updates", "last_release"]

#: What is remembered of the last release; ``build --release`` writes it.
RELEASED = "released.json"

#: The changes that ask for a higher rev, and the code of their being made without one.
_ASK_FOR_REV = {
    "deeper": "K836",
    "new_topic": "K836",
    "question_reworded": "K834",
    "question_added": "K834",
    "question_gone": "K834",
    "scale_changed": "K834",
}


#: Where a change that asks for a higher rev stands.
_FIELDS = {
    "deeper": "depth",
    "new_topic": "topics",
    "question_reworded": "questions",
    "question_added": "questions",
    "question_gone": "questions",
    "scale_changed": "scale",
}


def last_release(root: Path) -> tuple[Snapshot | None, tuple[Problem, ...]]:
    """Return what is remembered of the last release, or what is wrong with the file; neither where there was none."""
    if not (root / RELEASED).exists():
        return None, ()
    source = read_json(root, RELEASED)
    if wrong := tuple(wrong_with(source, "released")):
        return None, wrong
    return Snapshot.from_document(source.fields), ()


def check_updates(root: Path, compiled: Mapping[str, Any]) -> Iterator[Problem]:
    """Give what a compiled pack may not do after its last release.

    Problems about what is still there have pointers into ``pack.json``; what is gone is told where it was remembered.
    """
    released, wrong = last_release(root)
    yield from wrong
    if released is None:
        return
    found = compare(released, snapshot_of(compiled))
    places = {one["id"]: f"/activities/{place}" for place, one in enumerate(compiled["activities"])}
    remembered = read_json(root, RELEASED)
    for change in found.changes:
        if change.what == "vanished":
            said = f"'{change.about}' was released in {released.version} and is gone"
            hint = "bring it back with 'retired: true', or say in a migration what became of it"
            yield Problem(remembered.where(f"/activities/{change.about}"), "K831", said, hint)
        elif change.what == "migration_changed":
            where = Where(f"{FOLDER}/{change.about}.json")
            hint = "put it back as it was, and write another one for what is new"
            yield Problem(where, "K847", f"the migration '{change.about}' was released, and is not as it was", hint)
        elif change.about in places:
            yield from _of_activity(change, found, places[change.about])
    if not found.fits and not found.refused:
        said = f"{released.version} is released, and what has changed since asks for a higher version"
        hint = f"write version: {found.least}; 'intimacy-kit diff' says what changed"
        yield Problem(Where(pointer="/version"), "K832", said, hint)


def _of_activity(change: Change, found: Comparison, at: str) -> Iterator[Problem]:
    """Give what may not change about an activity as it did."""
    before, now = found.before(change.about), found.new.activities[change.about]
    rev = before.rev if before else 0
    if change.what == "kind_changed":
        yield Problem(Where(pointer=at), "K833", change.said, "an id keeps its kind for ever")
    elif change.what == "rev_lowered":
        yield Problem(Where(pointer=f"{at}/rev"), "K835", change.said, f"write rev: {rev}")
    elif change.what == "brought_back" and before and before.words != now.words:
        said = "it was retired, and comes back with other words"
        yield Problem(Where(pointer=f"{at}/id"), "K837", said, "give what is new an id of its own")
    elif change.what in _ASK_FOR_REV and now.rev <= rev:
        hint = f"if that is meant, write rev: {rev + 1}"
        yield Problem(Where(pointer=f"{at}/{_FIELDS[change.what]}"), _ASK_FOR_REV[change.what], change.said, hint)
