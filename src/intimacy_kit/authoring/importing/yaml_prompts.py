"""Writing prompts as a source, the way a writer would: one field a line, what is short in one line, comments kept."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from intimacy_kit.authoring.importing.values import cleaned
from intimacy_kit.authoring.importing.yaml_words import yaml_list, yaml_text
from intimacy_kit.loading.preflight import bad_character

__all__ = ["yaml_prompts"]

#: Fields of several lines; any other group of fields stands in one line.
_IN_LINES = ("follow_ups",)


def yaml_prompts(prompts: Sequence[tuple[Mapping[str, Any], Sequence[str]]], head: Sequence[str] = ()) -> str:
    """Return a source with prompts, each with its comments; *head* are the comments at the top.

    >>> print(yaml_prompts([({"id": "tea", "text": "Who: you?", "skills": ["trust"]}, ["from Ada"])]), end="")
    prompts:
      # from Ada
      - id: tea
        text: "Who: you?"
        skills: [trust]
    """
    written = ["\n".join(_prompt(prompt, comments)) for prompt, comments in prompts]
    return "".join(f"# {_comment(line)}\n" for line in head) + "prompts:\n" + "\n\n".join(written) + "\n"


def _prompt(prompt: Mapping[str, Any], comments: Sequence[str]) -> Iterator[str]:
    yield from (f"  # {_comment(line)}".rstrip() for line in comments)
    begin = "  - "
    for name, value in prompt.items():
        if name in _IN_LINES:
            yield f"{begin}{name}:"
            yield from (f"      {key}: {yaml_text(words)}" for key, words in value.items())
        else:
            yield f"{begin}{name}: {_value(value)}"
        begin = "    "


def _value(value: object) -> str:
    if isinstance(value, str):
        return yaml_text(value)
    return yaml_list(value) if isinstance(value, (list, dict)) else str(value)


def _comment(line: str) -> str:
    """Return a line as it may stand behind a #, where no sign means anything, and some are not allowed."""
    return "".join(" " if bad_character(char) or char == "\n" else char for char in cleaned(line))
