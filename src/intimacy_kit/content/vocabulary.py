"""The closed lists: kinds, skills, depths, topics, purposes, moods, shapes, evidence, circumstances."""

__all__ = [
    "AXES",
    "BASES",
    "CIRCUMSTANCES",
    "DEPTHS",
    "FORMAT",
    "KINDS",
    "MOODS",
    "ORDINARY_TOPICS",
    "PURPOSES",
    "SENSITIVE_TOPICS",
    "SHAPES",
    "SKILLS",
    "TOPICS",
]

#: The format of compiled packs that this kit writes; it reads this one.
FORMAT = 1

#: The kinds of activities.
KINDS = ("prompt", "exercise", "story", "check_in", "guide")

#: What an activity practises.
SKILLS = (
    "listening",
    "empathy",
    "openness",
    "appreciation",
    "affection",
    "kindness",
    "conversation",
    "trust",
    "support",
    "repair",
)

#: How much of oneself is in an answer, from 1 to 4, and its name.
DEPTHS = {1: "light", 2: "personal", 3: "tender", 4: "deep"}

#: Topics that nobody has to allow first.
ORDINARY_TOPICS = (
    "home",
    "work",
    "study",
    "friends",
    "family",
    "childhood",
    "food",
    "play",
    "culture",
    "travel",
    "nature",
    "habits",
    "dreams",
    "time",
    "memories",
    "language",
)

#: Topics that need each person's own yes.
SENSITIVE_TOPICS = (
    "money",
    "conflict",
    "jealousy",
    "past_partners",
    "parenting",
    "in_laws",
    "faith",
    "politics",
    "worry",
    "shame",
    "health",
    "body",
    "mental_health",
    "loss",
    "violence_in_the_past",
    "addiction",
    "migration",
    "identity",
    "infidelity",
    "separation",
    "wish_for_children",
    "ageing",
)

#: Every topic this kit knows; one it does not know is sensitive and never allowed.
TOPICS = ORDINARY_TOPICS + SENSITIVE_TOPICS

#: What an activity is for; ``practice`` unless it says otherwise.
PURPOSES = ("practice", "orientation", "landing", "support")

#: The mood of a prompt.
MOODS = ("playful", "ordinary", "grateful", "curious", "tender", "hard")

#: The shape of a prompt.
SHAPES = ("question", "pick", "guess", "task", "finish", "scene")

#: What the evidence for an activity rests on, strongest first.
BASES = ("trial", "experiment", "correlational", "tradition", "original")

#: What an activity may have been written for, by axis: who people are to each other, what they live through, how they
#: stand to each other, and where they do it.
AXES = {
    "form": ("new", "long_together", "married", "queer", "more_than_two", "living_apart", "friends", "family"),
    "stage": (
        "expecting",
        "small_children",
        "empty_nest",
        "later_life",
        "after_rupture",
        "illness",
        "job_loss",
        "grief",
    ),
    "balance": ("equal", "one_depends", "hard_to_talk"),
    "setting": ("same_room", "video", "text_only", "no_device", "low_literacy"),
}

#: The values of all axes.
CIRCUMSTANCES = tuple(value for values in AXES.values() for value in values)
