"""What somebody is asked about, alone: activities that touch on topics to which they answered ``ask``.

A yes holds for a week and for that one activity. It opens only when everybody who wants to be asked said yes;
without that it lapses, and looks exactly like what was never offered. What one person is asked depends on the joint
log and on what they set themselves, and on nobody else.
"""

from datetime import datetime, timedelta
from itertools import islice

from intimacy_kit.content.activities import Activity
from intimacy_kit.errors import NotOfferedError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.events import Accepted
from intimacy_kit.practice.moments import day_of
from intimacy_kit.practice.ordering import chance
from intimacy_kit.practice.own import Own
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.suggestions import peek

__all__ = ["ASKED_AT_ONCE", "YES_HOLDS_DAYS", "accept", "asks"]

#: How many questions somebody finds at most.
ASKED_AT_ONCE = 3

#: For how many days a yes holds; after that it is asked anew.
YES_HOLDS_DAYS = 7


def asks(catalog: Catalog, progress: Progress, own: Own, *, now: datetime, seed: str = "") -> tuple[Activity, ...]:
    """Return what somebody may be asked about now: up to three activities, the same ones all week.

    *seed* is that of the space, so that people who both want to be asked are asked about the same.
    """
    today, as_if = day_of(now), own.allowed.as_if_asked()
    if as_if == own.allowed:
        return ()
    week = today - timedelta(today.weekday())
    askable = (one.activity for one in peek(catalog, progress, as_if, now=now, seed=seed))
    unasked = [one for one in askable if not own.allowed.cover(one, today)]
    unasked.sort(key=lambda one: chance(seed, week, one.id))
    return tuple(islice(unasked, ASKED_AT_ONCE))


def accept(
    catalog: Catalog, progress: Progress, own: Own, activity_id: str, *, now: datetime, seed: str = ""
) -> Accepted:
    """Return the event of a yes to one of the questions; raise NotOfferedError where it is none of them."""
    for activity in asks(catalog, progress, own, now=now, seed=seed):
        if activity.id == activity_id:
            until = now.date() + timedelta(YES_HOLDS_DAYS)
            return Accepted(partner=own.partner, at=now, activity=activity_id, topics=activity.topics, until=until)
    raise NotOfferedError(activity_id)
