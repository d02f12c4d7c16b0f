"""What fits two people tonight: install a pack, fold their history, suggest, keep what they did.

pip install intimacy-kit intimacy-pack-foundations
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from intimacy_kit import Boundaries, Catalog, Progress, suggest
from intimacy_kit.practice.events import Completed
from intimacy_kit.stores.sqlite import SQLiteStore

catalog = Catalog.installed()  # broken packs are in catalog.problems, the rest works
store = SQLiteStore("us.db")
progress = Progress.from_events(store.events("us"))
now = datetime.now(ZoneInfo("Europe/Madrid"))  # aware, in the zone the people live in; a day is its date
allowed = Boundaries() & Boundaries()  # each person's own; the default is light and ordinary
suggestions = suggest(catalog, progress, allowed, now=now, minutes=15, seed="us")
for suggestion in suggestions:
    print(suggestion.activity.title.in_language("es", "en"), "-", suggestion.reason)

done = [Completed.of(suggestion.activity, at=now) for suggestion in suggestions[:1]]
store.append("us", done, expected=progress.version)
store.close()
