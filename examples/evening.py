"""Two people at one keyboard: a loop of its own over the library, without its command line.

pip install intimacy-kit intimacy-pack-foundations
"""

from datetime import datetime
from functools import reduce
from operator import and_

from intimacy_kit import Boundaries, Catalog, Exercise, Progress, Story, suggest
from intimacy_kit.content.activities import Activity
from intimacy_kit.practice.events import Completed, JointEvent, Offered, Skipped, Started
from intimacy_kit.practice.exercises import ExerciseRun
from intimacy_kit.practice.stories import StoryRun
from intimacy_kit.stores.memory import MemoryStore

PEOPLE = ("Ada", "Ben")  # an app uses opaque ids, and shows names of its own
STORE = MemoryStore()  # or SQLiteStore("us.db"), to go on another evening


def keep(*events: JointEvent) -> None:
    """Append to the joint log."""
    STORE.append("us", events, expected=len(STORE.events("us")))


def practise(exercise: Exercise) -> bool:
    """Go through an exercise, roles and turns included; tell whether it was done to the end."""
    run = ExerciseRun(exercise=exercise, partners=PEOPLE)
    while run.beat:
        print(f"\n{run.done + 1}/{len(run.beats)}  {run.beat.step.text}")
        for person in PEOPLE:
            if mine := run.beat.part_of(person):
                print(f"    {person}: {mine}")
        timer = f"{run.beat.step.seconds} seconds, then " if run.beat.step.seconds else ""
        run = run.after("stop" if input(f"({timer}Enter; q stops) ") == "q" else "next")
    return run.state == "finished"


def read(story: Story) -> bool:
    """Read a story and choose together; tell whether it was read to the end."""
    run = StoryRun(story=story)
    while run.state == "going":
        print("\n" + "\n\n".join(str(paragraph) for paragraph in run.scene.paragraphs))
        for number, choice in enumerate(run.choices, 1):
            print(f"  {number}  {choice.text}")
        typed = input("(a number or Enter; q stops) ")
        numbers = {str(number): move for number, move in enumerate(run.possible[:-1], 1)}
        run = run.after("stop" if typed == "q" else numbers.get(typed, run.possible[0]))
    return run.state == "finished"


def do(activity: Activity) -> bool:
    """Do an activity of any kind; tell whether it was done to the end."""
    print(f"\n{activity.title}")
    match activity:
        case Exercise():
            return practise(activity)
        case Story():
            return read(activity)
        case _:
            for words in (*getattr(activity, "answer", ()), getattr(activity, "after", None)):
                print(f"\n{words}" if words else "")
            return input("(Enter, when you are done; q stops) ") != "q"


def main() -> None:
    """Spend an evening: suggest three, do one, until nobody types a number."""
    catalog = Catalog.installed()
    deeper = [input(f"{person}, alone: may it be more than light? (y) ") == "y" for person in PEOPLE]
    allowed = reduce(and_, (Boundaries(depth=2 if yes else 1) for yes in deeper))
    while True:
        now, progress = datetime.now().astimezone(), Progress.from_events(STORE.events("us"))
        tonight = [one.activity for one in suggest(catalog, progress, allowed, now=now, minutes=15, seed="us")]
        keep(*(Offered.of(activity, at=now) for activity in tonight))
        print()
        for number, activity in enumerate(tonight, 1):
            print(f"{number}  {activity.title}  ({activity.minutes} min)")
        typed = input("Which one? ")
        if not (typed.isdecimal() and 1 <= int(typed) <= len(tonight)):
            break
        activity = tonight[int(typed) - 1]
        keep(Started.of(activity, at=now))
        keep((Completed if do(activity) else Skipped).of(activity, at=now))
    print("Good night.")


if __name__ == "__main__":
    main()
