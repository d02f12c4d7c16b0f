"""Where people are on a journey, and what comes after its end."""

from datetime import date, timedelta

from intimacy_kit.content.journeys import Booster, Journey, Stage
from intimacy_kit.practice.gates import Situation, is_resolved

__all__ = ["booster_now", "ended_on", "stage_now"]


def stage_now(journey: Journey, now: Situation) -> Stage | None:
    """Return the stage people are at: the first that has not got what it asks; None when all have.

    What people do not allow, declined or skipped is resolved: no stage waits for it.
    """
    return next((stage for stage in journey.stages if not _has_what_it_asks(stage, now)), None)


def _has_what_it_asks(stage: Stage, now: Situation) -> bool:
    missing = len(stage.offers) if stage.asks is None else stage.asks
    for activity_id in stage.offers:
        missing -= is_resolved(activity_id, now)
        if not missing:
            return True
    return False


def ended_on(journey: Journey, now: Situation) -> date | None:
    """Return the day on which the last new activity of a journey was acted on; None where it has not ended.

    A journey on which nothing was ever done has no end, though all of it is out of reach.
    """
    if stage_now(journey, now) is not None:
        return None
    firsts = (now.progress.of(now.catalog[offer]).first_on for offer in journey.offers if offer in now.catalog)
    return max(filter(None, firsts), default=None)


def booster_now(journey: Journey, now: Situation) -> Booster | None:
    """Return the last booster that has come due, unless something of it was offered or done since.

    It is put before people once; the ones before it lapse.
    """
    ended = ended_on(journey, now) if journey.boosters else None
    if ended is None:
        return None
    due = [(ended + timedelta(booster.after_days), booster) for booster in journey.boosters]
    since, last = max(((on, booster) for on, booster in due if on <= now.today), key=_day, default=(None, None))
    if since is None or last is None or _was_met(last, since, now):
        return None
    return last


def _day(pair: tuple[date, Booster]) -> date:
    return pair[0]


def _was_met(booster: Booster, since: date, now: Situation) -> bool:
    deeds = (now.progress.of(now.catalog[offer]) for offer in booster.offers if offer in now.catalog)
    return any(on is not None and on >= since for deed in deeds for on in (deed.offered_on, deed.last_on))
