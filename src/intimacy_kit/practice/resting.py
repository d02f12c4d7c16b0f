"""Whether an activity may come again: rest times and limits, which pass by themselves."""

from datetime import date, timedelta

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.timing import AtMost
from intimacy_kit.practice.deeds import Deed
from intimacy_kit.practice.progress import Progress

__all__ = ["OFFERED_RESTS_DAYS", "has_rested", "has_room", "is_due", "is_rested", "rests_until"]

#: What was offered and not begun rests this many days, whether it was ignored, skipped or declined.
OFFERED_RESTS_DAYS = 1
_OFFERED_RESTS = timedelta(OFFERED_RESTS_DAYS)


def is_rested(activity: Activity, progress: Progress, today: date) -> bool:
    """Tell whether an activity has rested since it was last done, and since it was last offered."""
    return today >= rests_until(activity, progress.of(activity))


def has_rested(activity: Activity, progress: Progress, today: date) -> bool:
    """Tell whether an activity has rested as long as it says since it was last completed, or begun and put aside."""
    deed = progress.of(activity)
    return deed.rests_from is None or (today - deed.rests_from).days >= activity.repeat.rest_after(deed.done)


def rests_until(activity: Activity, deed: Deed) -> date:
    """Return the first day on which an activity may be offered again, after what happened with it."""
    met = max(deed.offered_on or date.min, deed.last_on or date.min)
    until = date.min if met == date.min else met + _OFFERED_RESTS
    if (since := deed.rests_from) is not None:
        until = max(until, since + timedelta(activity.repeat.rest_after(deed.done)))
    return until


def is_due(activity: Activity, deed: Deed) -> bool:
    """Tell whether a booster has come round: it was done, and not offered since; so it is put first once."""
    if deed.done_on is None or deed.done > len(activity.repeat.revisit):
        return False
    return deed.offered_on is None or deed.offered_on < deed.done_on + timedelta(activity.repeat.rest_after(deed.done))


def has_room(limit: AtMost, progress: Progress, today: date) -> bool:
    """Tell whether fewer than so many activities were acted on within the day, or the seven days that end today."""
    label, found = (limit.by, limit.value), 0
    for back in range(limit.days):
        for name in progress.days.get(today - timedelta(back), ()):
            found += label in progress.deeds[name].labels
    return found < limit.n
