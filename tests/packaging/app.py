"""A program as another app would write it; the tests run it where the kit and packs are installed, and nothing else.

``app.py look`` tells what is there; ``app.py do PACK`` does what is suggested first from a pack, and keeps that.
"""

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from intimacy_kit import Boundaries, Catalog, Progress, suggest
from intimacy_kit.practice.events import Completed, Offered, Started
from intimacy_kit.stores.sqlite import SQLiteStore

NOW = datetime(2026, 11, 23, 20, tzinfo=UTC)


def main(arguments: Sequence[str]) -> None:
    """Do what the arguments say, in a store in the current folder, and print what is there then."""
    catalog = Catalog.installed()
    with SQLiteStore(Path("us.db")) as store:
        progress = Progress.from_events(store.events("us"))
        if arguments[0] == "do":
            suggested = suggest(catalog, progress, Boundaries(), now=NOW, limit=len(catalog))
            activity = next(one.activity for one in suggested if one.activity.pack == arguments[1])
            events = [kind.of(activity, at=NOW) for kind in (Offered, Started, Completed)]
            store.append("us", events, expected=progress.version)
            progress = Progress.from_events(store.events("us"))
    suggested = suggest(catalog, progress, Boundaries(), now=NOW, limit=max(1, len(catalog)))
    told = {
        "packs": [pack.name for pack in catalog.packs],
        "problems": [str(problem) for problem in catalog.problems],
        "events": progress.version,
        "done": {activity: deed.times for activity, deed in progress.deeds.items()},
        "suggested": [one.activity.id for one in suggested],
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
