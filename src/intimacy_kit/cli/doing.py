"""Going through one activity at the table, whatever kind it is."""

from typing import TypeVar

from attrs import frozen
from rich.padding import Padding

from intimacy_kit.cli.pictures import circles_in_text
from intimacy_kit.cli.session import Session
from intimacy_kit.cli.settling import alone
from intimacy_kit.cli.table import Leave, Table, clock
from intimacy_kit.cli.text import plain, styled, unmarked
from intimacy_kit.content.activities import Activity, CheckIn, Exercise, Guide, Prompt, Question, Story
from intimacy_kit.errors import MoveError
from intimacy_kit.practice.events import CheckedIn, Completed, Paused, Skipped, Started
from intimacy_kit.practice.exercises import Beat, ExerciseRun
from intimacy_kit.practice.stories import StoryRun

__all__ = ["do"]

Run = TypeVar("Run", ExerciseRun, StoryRun)

_STOPS = (Leave, KeyboardInterrupt)
_WHEN_LEFT = {"": "keep the place for another evening", "1": "put it aside; that counts as having had it"}


@frozen
class _Left:
    """That an activity was left before its end."""

    #: What leads back to this place.
    moves: tuple[str, ...] = ()
    #: Whether somebody ended the whole program, and not only the activity.
    at_once: bool = False

    @classmethod
    def by(cls, stop: BaseException, moves: tuple[str, ...] = ()) -> "_Left":
        return cls(moves, isinstance(stop, KeyboardInterrupt))


def do(session: Session, activity: Activity, moves: tuple[str, ...] = ()) -> None:
    """Go through an activity from where its moves lead, and keep how it ended."""
    if not moves:
        session.keep(Started.of(activity, at=session.now()))
    left = _do(activity, session, moves)
    if left is None:
        session.keep(Completed.of(activity, at=session.now()))
        return
    session.keep(Paused.of(activity, at=session.now(), moves=left.moves))
    if left.at_once:
        raise KeyboardInterrupt
    _leave(session, activity)


def _leave(session: Session, activity: Activity) -> None:
    """Ask what shall become of an activity that was left; its place is kept already."""
    session.table.title("Left there")
    session.table.say("That is all right, at any point and without a reason.")
    session.table.say()
    try:
        aside = session.table.choose("What shall become of it?", _WHEN_LEFT)
    except Leave:
        return
    if aside:
        session.keep(Skipped.of(activity, at=session.now()))


def _do(activity: Activity, session: Session, moves: tuple[str, ...]) -> _Left | None:
    """Go through an activity; return where it was left, None if it was done."""
    match activity:
        case Prompt():
            return _prompt(activity, session)
        case Exercise():
            return _exercise(activity, session, moves)
        case Story():
            return _story(activity, session, moves)
        case CheckIn():
            return _check_in(activity, session, moves)
        case _:
            return _guide(activity, session)


def _prompt(prompt: Prompt, session: Session) -> _Left | None:
    table = session.table
    one_alone = len(session.partners) == 1
    table.title("For a page of your own" if one_alone and prompt.solo else "Whoever likes begins")
    table.say(prompt.solo if one_alone and prompt.solo else prompt.text, "bold")
    followed = {"d": prompt.follow_ups.deeper, "l": prompt.follow_ups.lighter, "r": prompt.follow_ups.repair}
    names = {"d": "a little deeper", "l": "a lighter way out", "r": "when it came out wrong"}
    choices = {"": "done"} | {key: names[key] for key, words in followed.items() if words}
    try:
        while key := table.choose("Take your time", choices):
            table.say()
            table.say(followed[key] or "", "bold")
            table.say()
        if prompt.after and not one_alone:
            table.title("How it lands")
            table.say(prompt.after)
            table.ask("Enter, when it has")
    except _STOPS as stop:
        return _Left.by(stop)
    return None


def _guide(guide: Guide, session: Session) -> _Left | None:
    table = session.table
    table.title(guide.title)
    for paragraph in guide.answer:
        table.say(paragraph)
        table.say()
    if guide.seek_help:
        table.say("When to look for help", "bold")
        table.say(guide.seek_help)
    _links(session, guide)
    try:
        table.ask("Enter, when you have read it")
    except _STOPS as stop:
        return _Left.by(stop)
    return None


def _links(session: Session, activity: Activity) -> None:
    """Name what goes well with an activity, of what all of them allow."""
    today, allowed = session.now().date(), session.allowed
    linked = [session.catalog[link] for link in activity.links if link in session.catalog]
    titles = [one.title.words for one in linked if not one.retired and allowed.allow(one, today)]
    if titles:
        session.table.say()
        session.table.say(f"Goes well with: {', '.join(titles)}", "dim")


def _exercise(exercise: Exercise, session: Session, moves: tuple[str, ...]) -> _Left | None:
    table = session.table
    if len(session.partners) == 1 and exercise.solo:
        return _exercise_alone(exercise, session)
    run = ExerciseRun(exercise=exercise, partners=session.partners)
    first = tuple(move for move in moves[:1] if move in session.partners)
    try:
        moves = moves[len(first) :]
        first = first or _begun(session, exercise)
        run = _replayed(ExerciseRun(exercise=exercise, partners=_from(first, session.partners)), moves)
        while run.beat is not None:
            run = run.after(_step(session, run, run.beat))
    except _STOPS as stop:
        return _Left.by(stop, (*first, *run.moves))
    table.title(exercise.title)
    table.say("Done.")
    if exercise.why:
        table.say()
        table.say(exercise.why, "dim")
    _links(session, exercise)
    return None


def _exercise_alone(exercise: Exercise, session: Session) -> _Left | None:
    session.table.title(exercise.title)
    session.table.say(exercise.solo or "")
    try:
        session.table.ask("Enter, when it is done")
    except _STOPS as stop:
        return _Left.by(stop)
    return None


def _replayed(run: Run, moves: tuple[str, ...]) -> Run:
    """Return where the moves lead; where the activity has changed since, the beginning."""
    reached = run
    try:
        for move in moves:
            reached = reached.after(move)
    except MoveError:
        return run
    return reached


def _begun(session: Session, exercise: Exercise) -> tuple[str, ...]:
    """Show what an exercise is, and return who begins: the first of the moves that are kept."""
    table = session.table
    table.title(exercise.title)
    table.say(exercise.about)
    for caution in exercise.cautions:
        table.say()
        table.say(caution, "yellow")
    if not exercise.roles or len(session.partners) == 1:
        table.ask("Enter begins")
        return session.partners[:1]
    table.say()
    table.say("Whoever finds talking harder decides who begins.")
    return (table.choose("Who begins?", dict(session.names), default=session.partners[0]),)


def _from(first: tuple[str, ...], partners: tuple[str, ...]) -> tuple[str, ...]:
    """Return the people, beginning with one of them."""
    return (*first, *(partner for partner in partners if partner not in first))


def _step(session: Session, run: ExerciseRun, beat: Beat) -> str:
    """Show one step and return the move that is made from it."""
    table = session.table
    _show_beat(session, run, beat)
    seconds = beat.step.seconds
    choices = {"": f"start the clock, {clock(seconds)}", "n": "on, without the clock"} if seconds else {"": "on"}
    if "back" in run.possible:
        choices["b"] = "back"
    if run.exercise.when_stuck:
        choices["w"] = "it goes wrong"
    while True:
        match table.choose("Then", choices):
            case "" if seconds:
                table.timer(seconds)
                seconds = None
                choices = {"": "on"} | {key: words for key, words in choices.items() if key not in {"", "n"}}
            case "b":
                return "back"
            case "w":
                for stuck in run.exercise.when_stuck:
                    table.say()
                    table.say(stuck.when, "bold")
                    table.say(stuck.then)
                table.say()
            case _:
                return "next"


def _show_beat(session: Session, run: ExerciseRun, beat: Beat) -> None:
    table = session.table
    turn = f", turn {beat.turn}" if beat.turn and len(run.partners) > 1 else ""
    table.title(f"Step {run.done + 1} of {len(run.beats)}{turn}")
    if beat.step.title:
        table.say(beat.step.title, "bold")
    table.say(beat.step.text)
    called = dict(run.exercise.roles)
    for partner, role in beat.parts:
        name = session.names[partner]
        words = beat.part_of(partner)
        if words:
            table.say()
            table.show(plain(f"{name} ({unmarked(called[role])})", "bold"))
            table.show(Padding(styled(words), (0, 0, 0, 2)))
        elif not role:
            table.say()
            table.show(plain(f"{name}'s turn", "bold"))
    table.say()


def _story(story: Story, session: Session, moves: tuple[str, ...]) -> _Left | None:
    table = session.table
    run = _replayed(StoryRun(story=story), moves)
    table.title(story.title)
    table.say(story.people, "dim")
    try:
        while run.state == "going":
            table.say()
            for paragraph in run.scene.paragraphs:
                table.say(paragraph)
                table.say()
            run = run.after(_way_on(session, run))
        for reflection in story.reflections:
            table.title("Between the two of you" if len(session.partners) > 1 else "For you")
            table.say(reflection, "bold")
            table.ask("Enter, when you like")
    except _STOPS as stop:
        return _Left.by(stop, run.moves)
    _links(session, story)
    return None


def _way_on(session: Session, run: StoryRun) -> str:
    """Ask for a choice and return the move it makes."""
    choices = run.choices
    if not choices:
        session.table.ask("The story ends here. Enter goes on")
        return "next"
    if len(choices) == 1:
        session.table.ask(choices[0].text.words)
        return choices[0].to
    words = {str(number): choice.text.words for number, choice in enumerate(choices, 1)}
    return choices[int(session.table.choose("You choose", words)) - 1].to


def _check_in(check_in: CheckIn, session: Session, moves: tuple[str, ...]) -> _Left | None:
    """Ask each of them alone; who has answered already is a move, and is not asked again."""
    table = session.table
    table.title(check_in.title)
    table.say(check_in.about)
    if not check_in.validated:
        table.say()
        table.say("These words were not tested in a study; they are something to think with, not a measure.", "dim")
    try:
        for partner in session.partners:
            if partner not in moves:
                _answer_alone(session, partner, check_in)
                moves = (*moves, partner)
    except _STOPS as stop:
        return _Left.by(stop, moves)
    table.say()
    whose = (
        "each of you alone. Nothing is added up, and nobody is compared." if len(session.partners) > 1 else "you alone."
    )
    table.say(f"Kept, for {whose}")
    return None


def _answer_alone(session: Session, partner: str, check_in: CheckIn) -> None:
    table = session.table
    before = [one for one in session.own(partner).check_ins if one.activity == check_in.id]
    others = {other: name for other, name in session.names.items() if other != partner}
    with table.aside():
        alone(table, session.names[partner], others, "how it is for you")
        answers = {question.id: _point(table, check_in, question) for question in check_in.questions}
        session.keep_private(partner, CheckedIn.of(check_in, at=session.now(), partner=partner, answers=answers))
        table.title("Kept, for you alone")
        last = dict(before[-1].answers) if before else {}
        for question in check_in.questions:
            earlier = f", last time {last[question.id]}" if question.id in last else ""
            table.say(f"{unmarked(question.text)} {answers[question.id]}{earlier}")
        table.ask("Enter clears the screen")


def _point(table: Table, check_in: CheckIn, question: Question) -> int:
    """Return the point of the scale that somebody chooses."""
    scale = check_in.scale
    table.title(question.text)
    if check_in.picture == "circles":
        table.show(circles_in_text(scale.low, scale.high))
    table.say(f"{scale.low} is: {scale.low_label}. {scale.high} is: {scale.high_label}.")
    while True:
        typed = table.ask(f"A number from {scale.low} to {scale.high}")
        if typed in {str(point) for point in range(scale.low, scale.high + 1)}:
            return int(typed)
        table.say("A whole number, please; q stops.", "yellow")
