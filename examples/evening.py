"""Two people at one keyboard: a loop of its own over the library, without its command line.

pip install intimacy-kit intimacy-pack-foundations
"""

from datetime import datetime

from intimacy_kit import Boundaries, Catalog, Exercise, Guide, Progress, Story, suggest
from intimacy_kit.content.activities import Activity
from intimacy_kit.practice.events import Completed, JointEvent, Offered, Skipped, Started
from intimacy_kit.practice.exercises import ExerciseRun
from intimacy_kit.practice.stories import StoryRun
from intimacy_kit.practice.support import NOTICE, SUPPORT
from intimacy_kit.stores.memory import MemoryStore

PEOPLE = ("Ada", "Ben")  # an app uses opaque ids, and shows names of its own
STORE = MemoryStore()  # or SQLiteStore("us.db"), to go on another evening


def keep(*events: JointEvent) -> None:
    """Append to the joint log."""
    STORE.append("us", events, expected=len(STORE.events("us")))


def boundaries(person: str) -> Boundaries:
    """Ask one person alone; the notice comes before anything personal."""
    print("\n" * 60, f"{person}, this is for you alone.\n\n{NOTICE}\n\n{SUPPORT}\n", sep="")
    return Boundaries(depth=2 if input("May it be more than light? (yes) ") == "yes" else 1)


def do(activity: Activity) -> bool:
    """Do an activity; tell whether it was done to the end."""
    print(f"\n{activity.title}")
    if isinstance(activity, Exercise):
        run = ExerciseRun(exercise=activity, partners=PEOPLE)
        while run.beat:
            mine = [f"\n    {person}: {run.beat.part_of(person)}" for person in PEOPLE if run.beat.part_of(person)]
            print(f"\n{run.done + 1}/{len(run.beats)}  {run.beat.step.text}", *mine)
            run = run.after("stop" if input("(Enter; q stops) ") == "q" else "next")
        return run.state == "finished"
    if isinstance(activity, Story):
        tale = StoryRun(story=activity)
        while tale.state == "going":
            print("", *tale.scene.paragraphs, sep="\n\n")
            print(*(f"  {number}  {choice.text}" for number, choice in enumerate(tale.choices, 1)), sep="\n")
            typed = input("(a number, or Enter; q stops) ")
            moves = {str(number): move for number, move in enumerate(tale.possible, 1)}
            tale = tale.after("stop" if typed == "q" else moves.get(typed, tale.possible[0]))
        print("", *activity.reflections, sep="\n")
    if isinstance(activity, Guide):
        print("", *activity.answer, sep="\n\n")
    return input("(Enter, when you are done; q stops) ") != "q"


def main() -> None:
    """Spend an evening: suggest three, do one, until nobody types a number."""
    catalog, allowed = Catalog.installed(), boundaries("Ada") & boundaries("Ben")
    print("\n" * 60)
    while True:
        now, progress = datetime.now().astimezone(), Progress.from_events(STORE.events("us"))
        three = [one.activity for one in suggest(catalog, progress, allowed, now=now, minutes=15, seed="us")]
        keep(*(Offered.of(activity, at=now) for activity in three))
        table = {str(number): one for number, one in enumerate(three, 1) if one.kind != "check_in"}
        print(*(f"\n{number}  {one.title}  ({one.minutes} min)" for number, one in table.items()))
        activity = table.get(input("\nWhich one? "))
        if activity is None:
            break
        keep(Started.of(activity, at=now))
        keep((Completed if do(activity) else Skipped).of(activity, at=now))
    print("Good night.")


if __name__ == "__main__":
    try:
        main()
    except EOFError:  # nobody is there any more
        print("Good night.")
