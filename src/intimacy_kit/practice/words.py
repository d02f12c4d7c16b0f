"""The two texts that belong to the kit and not to a pack: the notice before depth 2, and support."""

from intimacy_kit.content.text import Text

__all__ = ["NOTICE", "SUPPORT"]

#: Shown to each person alone before depth 2 (design §6).
NOTICE = Text(
    "Read this where nobody reads with you. Could you say no tonight, and would tomorrow be all right? Then go on."
    "\n\n"
    "*Tense* means a talk may go badly. *Unsafe* means you may pay for it afterwards: in threats, days of punishment, "
    "money, the children, your papers, your things, your body."
    "\n\n"
    "If you watch every word, hide harmless things or need permission to see people, leave these pages. "
    "That is good sense, not a lack of openness. Help for you alone stands under 'support'."
    "\n\n"
    "If the other one goes quiet because of what you might do, stop asking. Help with that, for you, stands there too."
)

#: Always open, never logged. It names no number: one of unknown age may be the wrong one.
SUPPORT = Text(
    "If you are in danger now, call the emergency number of the place where you are."
    "\n\n"
    "If you are afraid of somebody close to you, or of what you yourself might do, you can talk to people who know "
    "about this, without giving your name. A doctor, a pharmacy, a library or a town hall can tell you which "
    "helpline is right where you live; so can a friend who looks it up on their own phone."
    "\n\n"
    "If someone reads your phone, ask from another one. You need no proof and no decision to call."
    "\n\n"
    "This page is not kept anywhere. Nobody can see that you opened it."
)
