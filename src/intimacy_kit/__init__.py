"""Prompts, exercises and stories for emotional intimacy, as data that any app can use.

The names here are the front door; everything else is imported from the module that defines it.
"""

from logging import NullHandler, getLogger

from intimacy_kit.content.activities import CheckIn, Exercise, Guide, Prompt, Story
from intimacy_kit.content.journeys import Journey
from intimacy_kit.content.packs import Pack
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.documents import load_pack
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.suggestions import suggest

__all__ = [
    "Boundaries",
    "Catalog",
    "CheckIn",
    "Exercise",
    "Guide",
    "Journey",
    "Pack",
    "Progress",
    "Prompt",
    "Story",
    "load_pack",
    "suggest",
]

getLogger("intimacy_kit").addHandler(NullHandler())
