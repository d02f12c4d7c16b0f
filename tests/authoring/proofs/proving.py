"""What the tests of the proofs share: proving little packs, and what is said of them."""

from collections.abc import Sequence
from typing import Any

from attrs import evolve
from little_packs import activity, pack

from intimacy_kit.authoring.proofs import Proof, prove
from intimacy_kit.content.activities import Activity
from intimacy_kit.content.journeys import Journey

#: What a good pack has: something light, an orientation, and a way back.
LIGHT = (activity("assam"), activity("bancha"), activity("ceylon"))
ORIENTATION = activity("before", purpose="orientation")
LANDING = activity("back", purpose="landing", rests=1)
GROUND = (*LIGHT, ORIENTATION, LANDING)


def proof_of(*activities: Activity, journeys: Sequence[Journey] = (), **fields: Any) -> Proof:
    """Prove the pack ``tea`` of some activities."""
    return prove([evolve(pack("tea", activities, journeys), **fields)])


def told(proof: Proof) -> str:
    """Return all that is wrong, one line for each cause."""
    return "".join(f"{finding.problems[0]}\n" for finding in proof.findings)
