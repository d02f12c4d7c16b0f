"""An evening: from the welcome to good night."""

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from intimacy_kit.cli.doing import do
from intimacy_kit.cli.session import SPACE, Names, Session
from intimacy_kit.cli.settling import ask_names, settle
from intimacy_kit.cli.table import Leave, ScriptedTable, Table
from intimacy_kit.cli.text import unmarked
from intimacy_kit.content.activities import Activity, Exercise
from intimacy_kit.content.vocabulary import DEPTHS
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.events import JourneyChosen, Offered, Skipped, Started
from intimacy_kit.practice.gates import Situation, is_open
from intimacy_kit.practice.resting import has_rested
from intimacy_kit.practice.suggestions import Suggestion, suggest
from intimacy_kit.stores import Store
from intimacy_kit.stores.memory import MemoryStore

__all__ = ["KINDS", "default_store", "play", "play_scripted", "summary"]

#: How the kinds are called.
KINDS = {
    "prompt": "something to talk about",
    "exercise": "something to do",
    "story": "a story",
    "check_in": "a look at how it is",
    "guide": "something to read",
}
_MINUTES = 15
#: An exercise as short as this is called a small act.
_ACT_MINUTES = 3
_LONGEST_EVENING = 24 * 60


def summary(activity: Activity) -> str:
    """Return kind, time and depth of an activity in a line."""
    is_act = isinstance(activity, Exercise) and activity.minutes <= _ACT_MINUTES
    kind = "a small act" if is_act else KINDS[activity.kind]
    return f"{kind} · {activity.minutes} min · {DEPTHS[activity.depth]}"


def play(
    table: Table,
    store: Store,
    catalog: Catalog,
    names: Names,
    now: Callable[[], datetime],
    *,
    first: str = "",
    minutes: int | None = None,
    circumstances: Collection[str] = (),
) -> None:
    """Play an evening; *first* is the id of an activity to begin with, where what they allow allows it."""
    try:
        people = ask_names(table, names)
        session = Session(table, store, catalog, people, now)
        _welcome(session)
        if first:
            _wished(session, catalog[first])
        else:
            _unfinished(session)
        _evening(session, minutes, circumstances)
    except Leave:
        pass
    table.title("Good night")
    kept = "What you did is kept." if names.path else "Nothing of this was kept."
    table.say(f"{kept} What you said is yours.")


def _welcome(session: Session) -> None:
    """Greet people, and let those who are new set their boundaries."""
    table = session.table
    new = [partner for partner in session.partners if not session.store.events(SPACE, partner=partner)]
    if not new:
        table.title(f"Good to see you again, {' and '.join(session.names.values())}")
        table.say("q stops, ? shows where to find support; on every screen.", "dim")
        return
    for partner in new:
        settle(session, partner)
    _journey(session)


def _journey(session: Session) -> None:
    """Let people choose a journey, or none; one person chooses among those that are for one."""
    table = session.table
    alone = len(session.partners) == 1
    journeys = [journey for journey in session.catalog.journeys.values() if journey.alone or not alone]
    if not journeys:
        return
    now = session.catalog.journeys.get(session.progress.journey or "")
    table.title(f"You are on '{now.title}'" if now else "Where would you like to begin?")
    choices = {}
    for number, journey in enumerate(journeys, 1):
        choices[str(number)] = f"**{unmarked(journey.title)}**: {journey.about}"
    choices |= {"": "stay on it", "0": "none, surprise us"} if now else {"": "just surprise us"}
    typed = table.choose("We go on with" if now else "We begin with", choices, by_words=True)
    if not typed:
        return
    chosen = journeys[int(typed) - 1].id if int(typed) else None
    if chosen != session.progress.journey:
        session.keep(JourneyChosen(at=session.now(), journey=chosen))


def _wished(session: Session, activity: Activity) -> None:
    """Do the activity that was asked for, if it fits; else say no more than no."""
    situation = Situation(session.catalog, session.progress, session.allowed, session.now().date())
    # Only what is light, or was on the table before: asking for one thing after the other is no way to find out
    # what somebody allows.
    known = activity.depth == min(DEPTHS) or situation.progress.of(activity).offered_on is not None
    if (
        known
        and not activity.retired
        and session.allowed.allow(activity, situation.today)
        and has_rested(activity, situation.progress, situation.today)
        and is_open(activity, situation)
    ):
        session.keep(Offered.of(activity, at=session.now()))
        do(session, activity)
    else:
        session.table.say("Not that one tonight. Here is what there is.")


def _unfinished(session: Session) -> None:
    """Go on where people left off, if they like."""
    progress = session.progress
    activity = session.catalog.get(progress.unfinished or "")
    if activity is None or not session.allowed.allow(activity, session.now().date()):
        return
    table = session.table
    table.say(f"You left off in the middle of: {activity.title}")
    typed = table.choose("Now", {"": "go on there", "1": "something else tonight", "2": "put it aside"})
    if not typed:
        do(session, activity, progress.moves)
    elif typed == "2":  # begun once more, in case it was begun under an id it had before
        session.keep(Started.of(activity, at=session.now()), Skipped.of(activity, at=session.now()))


def _evening(session: Session, minutes: int | None, circumstances: Collection[str]) -> None:
    """Suggest, do, and suggest again, until somebody has had enough."""
    minutes = minutes or _ask_minutes(session)
    while True:
        suggestions = suggest(
            session.catalog,
            session.progress,
            session.allowed,
            now=session.now(),
            minutes=minutes,
            circumstances=circumstances,
            seed=SPACE,
        )
        if not suggestions:
            session.table.title("Nothing more for tonight")
            session.table.say(
                "All that fits in the time you have was here today, or rests a while. More time, or another day, "
                "brings more."
            )
        else:
            session.keep(*(Offered.of(suggestion.activity, at=session.now()) for suggestion in suggestions))
        move = _menu(session, suggestions)
        if move.isdecimal():
            do(session, suggestions[int(move) - 1].activity)
            session.table.choose("And now", {"": "something else", "q": "enough for tonight"}, by_words=True)
            continue
        with suppress(Leave):  # q leaves the question, and the table stays
            match move:
                case "t":
                    minutes = _ask_minutes(session)
                case "j":
                    _journey(session)
                case "b":
                    _settle_somebody(session, suggestions)


def _ask_minutes(session: Session) -> int:
    while True:
        typed = session.table.ask("How many minutes do you have?", default=str(_MINUTES))
        if typed.isdecimal() and 1 <= int(typed) <= _LONGEST_EVENING:
            return int(typed)
        session.table.say("A number, please; 15 for a quarter of an hour.", "yellow")


def _menu(session: Session, suggestions: tuple[Suggestion, ...]) -> str:
    """Show the suggestions and return what was chosen."""
    choices = {}
    if suggestions:
        session.table.title("Tonight")
    for number, suggestion in enumerate(suggestions, 1):
        activity = suggestion.activity
        title = unmarked(activity.title)
        choices[str(number)] = f"**{title}**\n       {summary(activity)}\n       {unmarked(str(suggestion.reason))}\n"
    choices |= {
        "": "others" if suggestions else "look again",
        "t": "more or less time",
        "j": "another journey",
        "b": "my boundaries, alone",
        "q": "enough",
        "?": "where to find support",
    }
    return session.table.choose("We take", choices, by_words=True)


def _settle_somebody(session: Session, suggestions: tuple[Suggestion, ...]) -> None:
    partner = session.partners[0]
    if len(session.partners) > 1:
        partner = session.table.choose("Whose?", dict(session.names))
    settle(session, partner, suggestions)


#: What Ada and Ben type on the scripted evening.
_SCRIPT = ("Ada", "Ben", "", "1", "", "", "2", "", "", "", "", "10", "talk about", "", "", "q")


def play_scripted(catalog: Catalog) -> None:
    """Play a short evening with made-up people; nothing is kept."""
    moments = iter(datetime(2026, 3, 7, 20, 0, tzinfo=UTC) + timedelta(minutes=n) for n in range(10_000))
    table = ScriptedTable(_SCRIPT)
    table.say("No terminal is attached, so here is a short evening with Ada and Ben, who are made up.", "dim")
    play(table, MemoryStore(), catalog, Names(), lambda: next(moments))


def default_store() -> Path:
    """Return where an evening is kept unless somebody says otherwise: the user's data folder."""
    from platformdirs import user_data_path  # noqa: PLC0415 - part of the extra

    return user_data_path("intimacy-kit", appauthor=False) / "play.db"
