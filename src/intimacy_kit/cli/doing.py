"""Going through one activity at the table, whatever kind it is."""

from typing import TypeVar

from rich.padding import Padding

from intimacy_kit.cli.pictures import circles_in_text
from intimacy_kit.cli.session import SPACE, Session
from intimacy_kit.cli.settling import alone
from intimacy_kit.cli.table import Leave, clock
from intimacy_kit.cli.text import styled
from intimacy_kit.content.activities import Activity, CheckIn, Exercise, Guide, Prompt, Story
from intimacy_kit.errors import MoveError
from intimacy_kit.practice.events import CheckedIn, Completed, Paused, Skipped, Started
from intimacy_kit.practice.exercises import Beat, ExerciseRun
from intimacy_kit.practice.private import check_ins_in
from intimacy_kit.practice.stories import StoryRun

__all__ = ["do"]

Run = TypeVar("Run", ExerciseRun, StoryRun)

_WHEN_LEFT = {"": "keep the place for another evening", "1": "put it aside; that counts as having had it"}


def do(session: Session, activity: Activity, moves: tuple[str, ...] = ()) -> None:
    """Go through an activity from where its moves lead, and keep how it ended."""
    session.keep(Started.of(activity, at=session.now()))
    left = _do(activity, session, moves)
    if left is None:
        session.keep(Completed.of(activity, at=session.now()))
        return
    session.table.title("Left there")
    session.table.say("That is all right, at any point and without a reason.")
    session.table.say()
    try:
        aside = session.table.choose("What shall become of it?", _WHEN_LEFT)
    except Leave:
        aside = ""
    if aside:
        session.keep(Skipped.of(activity, at=session.now()))
    else:
        session.keep(Paused.of(activity, at=session.now(), moves=left))


def _do(activity: Activity, session: Session, moves: tuple[str, ...]) -> tuple[str, ...] | None:
    """Go through an activity; return the moves made if it was left, None if it was done."""
    match activity:
        case Prompt():
            return _prompt(activity, session)
        case Exercise():
            return _exercise(activity, session, moves)
        case Story():
            return _story(activity, session, moves)
        case CheckIn():
            return _check_in(activity, session)
        case Guide():
            return _guide(activity, session)


def _prompt(prompt: Prompt, session: Session) -> tuple[str, ...] | None:
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
    except Leave:
        return ()
    return None


def _guide(guide: Guide, session: Session) -> tuple[str, ...] | None:
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
    except Leave:
        return ()
    return None


def _links(session: Session, activity: Activity) -> None:
    linked = [session.catalog[link].title for link in activity.links if link in session.catalog]
    if linked:
        session.table.say()
        session.table.say(f"Goes well with: {', '.join(title.words for title in linked)}", "dim")


def _exercise(exercise: Exercise, session: Session, moves: tuple[str, ...]) -> tuple[str, ...] | None:
    table = session.table
    if len(session.partners) == 1 and exercise.solo:
        return _exercise_alone(exercise, session)
    run = ExerciseRun(exercise=exercise, partners=session.partners)
    try:
        run = _replayed(run, moves) if moves else _begun(session, run)
        while run.beat is not None:
            run = run.after(_step(session, run, run.beat))
    except Leave:
        return run.moves
    table.title(exercise.title)
    table.say("Done.")
    if exercise.why:
        table.say()
        table.say(exercise.why, "dim")
    _links(session, exercise)
    return None


def _exercise_alone(exercise: Exercise, session: Session) -> tuple[str, ...] | None:
    session.table.title(exercise.title)
    session.table.say(exercise.solo or "")
    try:
        session.table.ask("Enter, when it is done")
    except Leave:
        return ()
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


def _begun(session: Session, run: ExerciseRun) -> ExerciseRun:
    """Show what an exercise is, and let people choose who begins."""
    table, exercise = session.table, run.exercise
    table.title(exercise.title)
    table.say(exercise.about)
    for caution in exercise.cautions:
        table.say()
        table.say(caution, "yellow")
    if not run.exercise.roles or len(session.partners) == 1:
        table.ask("Enter begins")
        return run
    table.say()
    table.say("Whoever finds talking harder decides who begins.")
    first = table.choose("Who begins?", dict(session.names), default=session.partners[0])
    order = (first, *(partner for partner in session.partners if partner != first))
    return ExerciseRun(exercise=exercise, partners=order)


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
            table.show(styled(f"{name} ({called[role]})", "bold"))
            table.show(Padding(styled(words), (0, 0, 0, 2)))
        elif not role:
            table.say()
            table.say(f"{name}'s turn", "bold")
    table.say()


def _story(story: Story, session: Session, moves: tuple[str, ...]) -> tuple[str, ...] | None:
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
    except Leave:
        return run.moves
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


def _check_in(check_in: CheckIn, session: Session) -> tuple[str, ...] | None:
    table = session.table
    table.title(check_in.title)
    table.say(check_in.about)
    if not check_in.validated:
        table.say()
        table.say("These words were not tested in a study; they are something to think with, not a measure.", "dim")
    try:
        for partner in session.partners:
            _answer_alone(session, partner, check_in)
    except Leave:
        return ()
    table.say()
    table.say("Kept, for each of you alone. Nothing is added up, and nobody is compared.")
    return None


def _answer_alone(session: Session, partner: str, check_in: CheckIn) -> None:
    table, scale = session.table, check_in.scale
    points = {str(point): "" for point in range(scale.low, scale.high + 1)}
    before = check_ins_in(session.store.events(SPACE, partner=partner), check_in.id)
    with table.aside():
        alone(table, session.names[partner], {p: n for p, n in session.names.items() if p != partner})
        answers = {}
        for question in check_in.questions:
            table.title(question.text)
            if check_in.picture == "circles":
                table.show(circles_in_text(scale.low, scale.high))
            table.say(f"{scale.low} is: {scale.low_label}. {scale.high} is: {scale.high_label}.")
            while (typed := table.ask(f"A number from {scale.low} to {scale.high}")) not in points:
                pass
            answers[question.id] = int(typed)
            if before and question.id in (last := dict(before[-1].answers)):
                table.say(f"Last time you said {last[question.id]}.", "dim")
        session.keep_private(partner, CheckedIn.of(check_in, at=session.now(), partner=partner, answers=answers))
        table.ask("Enter clears the screen")
