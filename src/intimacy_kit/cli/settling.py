"""Before anything is suggested: what to call people, and what each of them allows, alone."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import zip_longest

from intimacy_kit.cli.session import SPACE, Names, Session
from intimacy_kit.cli.table import Table
from intimacy_kit.cli.text import unmarked
from intimacy_kit.content.vocabulary import DEPTHS, SENSITIVE_TOPICS
from intimacy_kit.practice.asking import accept, asks
from intimacy_kit.practice.boundaries import ALWAYS, Boundaries
from intimacy_kit.practice.events import BoundariesChanged, Declined, NoticeRead
from intimacy_kit.practice.suggestions import Suggestion
from intimacy_kit.practice.support import NOTICE

__all__ = ["alone", "ask_names", "settle"]

_A_MONTH = timedelta(days=30)
_LONGEST_NAME = 40

_DEPTHS = {
    "1": "light: you would answer it with friends at the table",
    "2": "personal: with a close friend; it says something about you",
    "3": "tender: your voice would change",
    "4": "deep: few people know it of you",
}


def ask_names(table: Table, names: Names) -> dict[str, str]:
    """Return what to call each person; asked once, then kept beside the store."""
    if known := names.read():
        return known
    table.title("Welcome")
    table.say(
        "This is for two people who want to be close, or for one alone. It suggests something to talk about, to do "
        "or to read; you take it or leave it. Nothing leaves this machine, and nothing is counted against anybody."
    )
    table.say()
    table.say("Wherever you are asked something: q stops, ? shows where to find support. Neither is kept.", "dim")
    given: dict[str, str] = {}
    for partner, question in (("1", "What shall we call you?"), ("2", "And the other one? (Enter if you are alone)")):
        name = _name(table, question)
        while name and name.casefold() in {other.casefold() for other in given.values()}:
            table.say("You would not know who is meant; add a letter.", "yellow")
            name = _name(table, question)
        if name or partner == "1":
            given[partner] = name or "You"
    names.write(given)
    return given


def _name(table: Table, question: str) -> str:
    """Return what is typed, without what cannot be shown or kept."""
    return "".join(char for char in table.ask(question) if char.isprintable())[:_LONGEST_NAME]


def alone(table: Table, who: str, others: Mapping[str, str], about: str) -> None:
    """Make sure that only one person reads what comes, and say what that is about."""
    table.title(f"For {who} alone" if others else "For you alone")
    if others:
        table.say(
            f"The next page is for {who}'s eyes. {' and '.join(others.values())}, please look at something nicer."
        )
    else:
        table.say(f"The next page is about {about}.")
    table.ask("Enter, when you are ready")


def settle(session: Session, partner: str, on_the_table: tuple[Suggestion, ...] = ()) -> None:
    """Let one person set their own boundaries, on a screen that leaves nothing behind."""
    table, who = session.table, session.names[partner]
    others = {other: name for other, name in session.names.items() if other != partner}
    with table.aside():
        alone(table, who, others, "what you allow")
        _keep(session, partner, _depth(session, partner, session.own(partner).boundaries))
        _keep(session, partner, _topics(session, session.own(partner).boundaries))
        _keep(session, partner, _lifted(session, session.own(partner).boundaries))
        _asked(session, partner)
        for suggestion in on_the_table:
            _keep_declined(session, partner, suggestion)
        table.ask("That is all. Enter clears the screen")


def _keep(session: Session, partner: str, boundaries: Boundaries) -> None:
    """Keep what somebody set, at once: it counts also if they leave the next page."""
    before = session.own(partner)
    if boundaries != before.boundaries or not before.settled:
        session.keep_private(partner, BoundariesChanged(partner=partner, at=session.now(), boundaries=boundaries))


def _depth(session: Session, partner: str, own: Boundaries) -> Boundaries:
    table = session.table
    table.title("How deep may it go?")
    if len(session.partners) > 1:
        table.say("What is offered goes as deep as both of you allow, and nobody is told who allows what.")
        table.say()
    table.say("You can lower it at any time, and it counts at once.")
    depth = int(table.choose("As deep as", _DEPTHS, default=str(own.depth)))
    if depth > min(DEPTHS) and not session.own(partner).notice_read:
        table.title("Before you go on")
        table.say(NOTICE)
        table.say()
        table.say("The support page opens with ?, here and everywhere.", "dim")
        choices = {"": "I have read it; go on", "1": "stay with what is light"}
        if table.choose("Then", choices):
            depth = min(DEPTHS)
        session.keep_private(partner, NoticeRead(partner=partner, at=session.now()))
    return own.with_depth(depth)


def _topics(session: Session, own: Boundaries) -> Boundaries:
    """Ask about sensitive topics until they are as somebody wants them; at depth 1 there are none."""
    if own.depth == min(DEPTHS):
        return own
    table = session.table
    while True:
        table.title("Which of these may it touch?")
        both = " unless both of you said yes to it" if len(session.partners) > 1 else " before you said yes to it"
        table.say(f"None of them is offered{both}.")
        table.say()
        half = (len(SENSITIVE_TOPICS) + 1) // 2
        for left, right in zip_longest(range(half), range(half, len(SENSITIVE_TOPICS)), fillvalue=-1):
            table.say("".join(_topic_line(own, place) for place in (left, right) if place >= 0))
        table.say()
        table.say("9 turns a no into a yes and back; 9? means: ask me alone, each time.", "dim")
        typed = table.ask("Numbers to change, with blanks between; Enter when it is right")
        if not typed:
            return own
        for word in typed.replace(",", " ").split():
            number = word.removesuffix("?")
            if number.isdecimal() and 1 <= int(number) <= len(SENSITIVE_TOPICS):
                topic = SENSITIVE_TOPICS[int(number) - 1]
                own = own.with_answer(topic, "ask" if number != word else "no" if own.answer(topic) == "yes" else "yes")


def _topic_line(own: Boundaries, place: int) -> str:
    topic = SENSITIVE_TOPICS[place]
    mark = {"no": "-"}.get(own.answer(topic), own.answer(topic))
    return f"{place + 1:>3}  {topic.replace('_', ' '):<22}{mark:<6}"


def _lifted(session: Session, own: Boundaries) -> Boundaries:
    """Show somebody what they have declined, and let them take it back."""
    table, today = session.table, session.now().date()
    declined = [activity for activity, until in own.declined if today < until and activity in session.catalog]
    if not declined:
        return own
    table.title("What you have declined")
    for number, activity in enumerate(declined, 1):
        table.say(f"{number:>3}  {unmarked(session.catalog[activity].title)}")
    typed = table.ask("Numbers of what may come again; Enter leaves all as it is")
    for word in typed.replace(",", " ").split():
        if word.isdecimal() and 1 <= int(word) <= len(declined):
            own = own.not_declining(declined[int(word) - 1])
    return own


def _asked(session: Session, partner: str) -> None:
    """Ask somebody about what touches on topics they want to be asked about; nobody else learns of it."""
    table, progress, own = session.table, session.progress, session.own(partner)
    for activity in asks(session.catalog, progress, own, now=session.now(), seed=SPACE):
        table.title("May this come, this week?")
        table.say(activity.title)
        choices = {"": "leave it open; that is a no as well", "1": "yes", "2": "not for a month"}
        match table.choose("This", choices):
            case "1":
                said = accept(session.catalog, progress, own, activity.id, now=session.now(), seed=SPACE)
                session.keep_private(partner, said)
            case "2":
                _keep_decline(session, partner, activity.id, session.now().date() + _A_MONTH)


def _keep_declined(session: Session, partner: str, suggestion: Suggestion) -> None:
    """Ask whether one of tonight's suggestions is not for them; nobody else learns of it."""
    table = session.table
    table.title("Is this one for you?")
    table.say(suggestion.activity.title)
    typed = table.choose("This", {"": "it may stay", "1": "not for a month", "2": "never"})
    if typed:
        until = session.now().date() + _A_MONTH if typed == "1" else ALWAYS
        _keep_decline(session, partner, suggestion.activity.id, until)


def _keep_decline(session: Session, partner: str, activity_id: str, until: date) -> None:
    session.keep_private(partner, Declined(partner=partner, at=session.now(), activity=activity_id, until=until))
