"""Ways of asking that do not work at a table: each with the words by which it is known, and what to write instead.

The patterns are made for English in small letters with straight apostrophes and without what stands in quotation marks.
A pattern is tried only where one of its ``needles`` stands in the text: that keeps a thousand prompts cheap.
"""

import re

from attrs import frozen

__all__ = ["HELPERS", "IN_FOLLOW_UPS", "IN_PROMPTS", "QUESTION_WORDS", "WHOM", "Asking"]

#: What a question that is answered with yes or no begins with.
HELPERS = (
    r"(?:do|does|did|is|are|am|was|were|have|has|had|can|could|would|will|should|may|might|must)(?:n't)?"
    r"|can't|won't"
)
#: Whom or what such a question is about, right after that.
WHOM = (
    "you|your|we|they|he|she|it|there|i|the|a|an|any|anyone|anybody|anything|someone|somebody|everyone|everybody|"
    "people|most|this|that|these|those|one|each|either|both|love|trust|openness|closeness|honesty|intimacy"
)
QUESTION_WORDS = "who|whom|whose|what|which|when|where|why|how"

_LARGEST = (
    "biggest|greatest|deepest|darkest|happiest|saddest|worst|best|favou?rite|proudest|scariest|fondest|strongest|"
    r"hardest|most \w+"
)
_NAMED_BY_IT = (
    "fears?|secrets?|dreams?|regrets?|wish(?:es)?|goals?|values?|strengths?|weakness(?:es)?|insecurit(?:y|ies)|"
    "memor(?:y|ies)|moments?|achievements?|accomplishments?|challenges?|needs?|desires?|mistakes?|hopes?|"
    "qualit(?:y|ies)|flaws?|feelings?|experiences?"
)
_IDEAS = "love|trust|intimacy|closeness|friendship|happiness|home|freedom|honesty|loyalty|belonging|success"
_HOLDINGS = (
    "values|goals|needs|boundaries|expectations|fears|dreams|hopes|strengths|weaknesses|priorities|beliefs|feelings"
)
_NUMBERS = r"two|three|four|five|six|seven|eight|nine|ten|a dozen|\d+|some|several|as many|all the"
_LISTED = r"name|list|give|tell|say|share|mention|describe|write|think of|come up with"
_TOLD = r"(?:me |us |each other |your partner )?"


@frozen
class Asking:
    """A way of asking that does not work."""

    code: str
    #: At least one of these stands in every text that the pattern fits.
    needles: tuple[str, ...]
    pattern: re.Pattern[str]
    #: What is wrong with it.
    message: str
    #: What to do about it.
    hint: str


def _asking(code: str, needles: str, patterns: tuple[str, ...], message: str, hint: str) -> Asking:
    return Asking(code, tuple(needles.split("|")), re.compile("|".join(patterns)), message, hint)


_LEADING = _asking(
    "K706",
    "n't|surely|, right|, no?|, yes|correct|agree|obvious",
    (
        rf"\b\w+n't (?:{WHOM})(?: \w+)? ?\?",
        rf"^(?:don't|isn't|aren't|wouldn't|shouldn't|haven't|doesn't|didn't) (?:{WHOM})\b",
        r", (?:right|no|yes|correct|surely) ?\?",
        r"\b(?:surely|obviously)\b",
        r"\b(?:do|would|must|wouldn't|don't) you (?:not )?agree\b",
    ),
    "this leads to one answer",
    "ask so that every honest answer is as good, with what, which or when",
)
_COMPLAINT = _asking(
    "K707",
    "better|differently|wrong|improve|change|stop|annoy|bother|irritat|disappoint|upset|flaw|fault|mistake|weak|bad |"
    "worst|hurt|fail",
    (
        (
            r"\bwhat (?:could|can|should|do|does|did) (?:i|we|your partner) (?:\w+ ){0,2}"
            r"(?:better|differently|wrong|improve|change)\b"
        ),
        r"\b(?:wish|want|like) (?:that )?your partner (?:would )?(?:\w+ )?(?:stop|stopped|change|changed)\b",
        r"\b(?:change|improve) (?:\w+ ){0,2}(?:about|in) (?:your partner|me|each other|us)\b",
        r"\b(?:annoys|bothers|irritates|disappoints|upsets) you (?:\w+ )?(?:about|in)\b",
        r"\byour partner's (?:\w+ )?(?:flaws?|faults?|mistakes?|weakness(?:es)?|bad habits?|worst \w+)\b",
        (
            r"\b(?:has|have|did|does|do) (?:your partner|i) (?:\w+ )?"
            r"(?:hurt|hurts|fail|failed|disappoint|disappointed|let you down)\b"
        ),
    ),
    "this invites a complaint",
    "ask for what was noticed or what helped; an exercise can hold a complaint, a prompt cannot",
)
_MARKED = _asking(
    "K708",
    "scale|to ten|to five|to 10|to 5|out of|rate |rank |love|which of|prove|leave|cheat|your ex|compatib",
    (
        r"\bon a scale\b",
        r"\b(?:one|1|zero|0) to (?:ten|10|five|5)\b",
        r"\bout of (?:ten|10|five|100)\b",
        r"\b(?:rate|rank) (?:your|our|each|how|the)\b",
        r"\bhow much (?:do|does) (?:you|your partner) love\b",
        r"\bwho (?:of (?:you|the two of you) )?loves? (?:\w+ ){1,3}more\b",
        r"\bwhich of (?:you|us)(?: two)? is (?:the )?(?:better|more|kinder|stronger|smarter|nicer|worse)\b",
        r"\bprove (?:that you|your love|it)\b",
        r"\b(?:would|could) you (?:ever )?(?:leave|cheat)\b|\bwhat would make you (?:leave|cheat)\b",
        r"\bthan your ex\b",
        r"\bcompatib(?:le|ility)\b",
    ),
    "this puts somebody to the test",
    "ask for what has no right answer and no mark",
)
_TOO_LARGE = _asking(
    "K709",
    "est |favo|proud|scari|most |ever|perfect|ideal|dream",
    (
        rf"\byour (?:{_LARGEST}) (?:\w+ )?(?:{_NAMED_BY_IT})\b",
        r"\bwhat(?:'s| is| are| was| were) your (?:all-time )?favou?rite\b",
        r"\bof all time\b",
        r"\b(?:your|a|the) (?:perfect|ideal|dream) (?:day|weekend|evening|date|partner|relationship|life|home)\b",
        r"\b(?:value|admire|love|appreciate|like|enjoy) (?:the )?most (?:about|in)\b",
        r"\b(?:best|worst|happiest|saddest) \w+ (?:you (?:have |'ve )?)?ever\b",
    ),
    "this asks for the largest of all",
    "ask for one of them, with an hour, a place or a thing in it",
)
_IDEA = _asking(
    "K710",
    "mean|define|what is|role|important|what are your|describe|see",
    (
        r"\bwhat (?:do|does) (?:\w+ ){1,4}mean (?:to|for) you\b",
        r"\bhow (?:do|would) you define\b",
        rf"\bwhat is (?:true |real )?(?:{_IDEAS})(?: (?:to|for) you)? ?\?",
        r"\bwhat role (?:do|does|did)\b",
        r"\bhow important (?:is|are)\b",
        rf"\bwhat are your (?:\w+ )?(?:{_HOLDINGS})\b",
        r"\bwhere do you see (?:us|yourself|yourselves|the two of you|your relationship) in\b",
        r"\bdescribe (?:our|your) (?:relationship|partnership|bond|love)\b",
    ),
    "this asks for an idea",
    "ask for a place, an hour, a sentence somebody said, something a hand did",
)
_LISTING = _asking(
    "K711",
    "name|list|give|tell|say|share|mention|describe|write|think|come|what are",
    (
        rf"\b(?:{_LISTED}) {_TOLD}(?:{_NUMBERS}) (?!first|seconds?|minutes?|hours?|times?|questions? [^a-z])\w+",
        rf"\bwhat are (?:the |your )?(?:{_NUMBERS}) \w+",
    ),
    "this asks for a list",
    "ask for one, and leave room for it",
)
_REASON = _asking(
    "K702",
    "why",
    (r"\b(?:and |or |but )?why\b",),
    "this asks for a reason",
    "take it out; follow_ups.deeper can ask what came next",
)
_SPEAKER = _asking(
    "K712",
    "i|me|my",
    (r"\b(?:i'm|i've|i'd|i'll|i|me|my|mine|myself)\b",),
    "nobody knows who speaks here",
    "write 'you', 'your partner' or 'the two of you'",
)
_FEELING = _asking(
    "K716",
    "feel|say about|says about|tell you about|mean about",
    (
        r"\bhow (?:did|does|do|would) (?:(?:that|this|it|they|he|she|your partner|\w+ing) ){0,3}makes? you feel\b",
        r"\bhow (?:did|do|does|would) (?:you feel|that feel|it feel|this feel)\b",
        r"\bwhat (?:do|did) you feel\b",
        r"\bwhat (?:do|does|did|might|would) (?:\w+ ){1,3}(?:say|tell) (?:\w+ )?about (?:you|your|who)\b",
    ),
    "this asks for a feeling by name",
    "ask what could be seen or heard: where were you standing, who else knew?",
)
_WHY_NEXT = _asking(
    "K715",
    "why|how come|what for",
    (r"\bwhy\b", r"\bhow come\b"),
    "a follow-up that asks why sounds like an examination",
    "ask where, when, who else or what then",
)

#: In the text of a prompt.
IN_PROMPTS = (_REASON, _LEADING, _COMPLAINT, _MARKED, _TOO_LARGE, _IDEA, _LISTING, _SPEAKER, _FEELING)
#: In a follow-up.
IN_FOLLOW_UPS = (_WHY_NEXT, _FEELING)
