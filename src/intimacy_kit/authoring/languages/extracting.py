"""Writing the PO files for translators: new texts are added, and nothing anybody wrote is lost."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from intimacy_kit.authoring.languages.describing import described
from intimacy_kit.authoring.languages.matching import FOLDER, po_file
from intimacy_kit.authoring.languages.po_files import FUZZY, Entry, PoFile, write_po
from intimacy_kit.authoring.languages.po_reading import read_po
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.plurals import plural_forms
from intimacy_kit.content.texts import Said, texts
from intimacy_kit.problems import Problem, Where

__all__ = ["Extracted", "Template", "extract", "template_file"]

_NUMBER = re.compile(r"\.\d+(?=\.|$)")


@frozen
class Template:
    """All texts of a pack, as a translator is shown them: without words."""

    pack: Pack = field(repr=False)
    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, pack: Pack, placed: Callable[[Problem], Problem]) -> "Template":
        """Return the texts of a pack; *placed* gives a pointer into the ``pack.json`` its line in the sources."""
        return cls(pack, tuple(_entry(said, owner, placed) for said, owner in texts(pack)))

    def text(self) -> str:
        """Return the template as text, for the tools that begin a new language with one."""
        return write_po(PoFile("", _head((), self.pack, ""), entries=self.entries))


@frozen
class Extracted:
    """A PO file brought up to date, and what that meant."""

    #: Its text; empty where there is a problem.
    text: str = field(repr=False)
    #: How many texts are new in it.
    new: int = 0
    #: How many have another original now, so that somebody has to look at their words.
    changed: int = 0
    #: How many are gone from the pack; their words are kept at the end of the file.
    gone: int = 0
    #: Why it cannot be brought up to date.
    problems: tuple[Problem, ...] = ()


def template_file(pack: Pack) -> str:
    """Return the name of the template, within the folder of the pack."""
    return f"{FOLDER}/{pack.name}.pot"


def extract(root: Path, template: Template, language: str) -> Extracted:
    """Bring the PO file of a language up to date, or begin one; nothing is written.

    Words stay with their original: where a step was put in between, they move with their step; where the original
    says something else now, they are kept, marked as fuzzy, beside what it said before; where a text is gone, its
    words stay at the end of the file and come back with it.
    """
    file = po_file(language)
    old = read_po(root, file) if (root / file).is_file() else PoFile(file)
    if old.problems:
        return Extracted("", problems=old.problems)
    merged = _Merging(old, template.entries, _aliases(template.pack))
    entries = tuple(merged.entry(entry) for entry in template.entries)
    kept = tuple(merged.kept())
    new = PoFile(file, _head(old.head, template.pack, language), old.head_notes, (*entries, *kept))
    gone = sum(not entry.obsolete and bool(entry.words) for entry in merged.unused())
    return Extracted(write_po(new), merged.new, merged.changed, gone)


def _entry(said: Said, owner: object, placed: Callable[[Problem], Problem]) -> Entry:
    where = placed(Problem(Where(pointer=said.pointer), "", "")).where
    about = tuple(described(said, owner))  # type: ignore[arg-type]  # what texts() gives
    return Entry(
        context=said.context, original=said.text.words, about=about, references=(f"{where.file}:{where.line}",)
    )


def _aliases(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    """Return the slugs that activities had before, by their slug of today."""
    return {one.slug: tuple(alias.partition("/")[2] for alias in one.aliases) for one in pack.activities}


def _head(old: Iterable[tuple[str, str]], pack: Pack, language: str) -> tuple[tuple[str, str], ...]:
    """Return the fields of a head; what tools and translators wrote into it stays."""
    fields = {
        "Project-Id-Version": f"{pack.name} {pack.version}",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if language:
        fields["Plural-Forms"] = plural_forms(language)
    return tuple({**dict(old), **fields}.items())


def _family(context: str) -> str:
    """Return the context without its numbers: what may have moved by a change of order is of one family."""
    return _NUMBER.sub("", context)


class _Merging:
    """Finds for each text the words that were written for it."""

    def __init__(self, old: PoFile, wanted: Iterable[Entry], aliases: Mapping[str, tuple[str, ...]]) -> None:
        wanted = tuple(wanted)
        self.aliases = aliases
        self.new = self.changed = 0
        self.old = old.entries
        self.used: set[int] = set()
        self.by_context: dict[str, int] = {}
        self.by_original: dict[tuple[str, str], list[int]] = {}
        for place, entry in enumerate(old.entries):
            if not entry.obsolete or entry.context not in self.by_context:
                self.by_context[entry.context] = place
            self.by_original.setdefault((_family(entry.context), entry.original), []).append(place)
        #: What the pack says now, by family: words for one of these are not somebody else's.
        self.said_now = {(_family(entry.context), entry.original) for entry in wanted}

    def entry(self, wanted: Entry) -> Entry:
        """Return the entry of a text, with the words there are for it."""
        for context in self._contexts(wanted.context):
            place = self.by_context.get(context)
            if place is not None and self.old[place].original == wanted.original:
                return self._take(place, wanted)
        for context in self._contexts(wanted.context):
            moved = self.by_original.get((_family(context), wanted.original), ())
            place = next((one for one in moved if one not in self.used and self.old[one].words), None)
            if place is not None:
                return self._take(place, wanted)
        for context in self._contexts(wanted.context):
            place = self.by_context.get(context)
            if place is not None and place not in self.used and not self._moved_away(place):
                return self._reworded(place, wanted)
        self.new += 1
        return wanted

    def _contexts(self, context: str) -> Iterator[str]:
        """Give what a text is called, then what it was called before its activity was renamed."""
        yield context
        slug, _, rest = context.partition("/")
        yield from (f"{alias}/{rest}" for alias in self.aliases.get(slug, ()))

    def _moved_away(self, place: int) -> bool:
        entry = self.old[place]
        return (_family(entry.context), entry.original) in self.said_now

    def _take(self, place: int, wanted: Entry) -> Entry:
        """Return words that were written for this very original."""
        self.used.add(place)
        found = self.old[place]
        previous = found.previous if found.fuzzy else ""
        return evolve(wanted, words=found.words, notes=found.notes, flags=found.flags, previous=previous)

    def _reworded(self, place: int, wanted: Entry) -> Entry:
        """Return words that were written for what the original said before."""
        self.used.add(place)
        found = self.old[place]
        if not found.words:
            return evolve(wanted, notes=found.notes)
        if found.fuzzy and found.previous == wanted.original:  # it was taken back
            flags = tuple(flag for flag in found.flags if flag != FUZZY)
            return evolve(wanted, words=found.words, notes=found.notes, flags=flags)
        self.changed += 1
        previous = found.previous if found.fuzzy and found.previous else found.original
        flags = found.flags if found.fuzzy else (FUZZY, *found.flags)
        return evolve(wanted, words=found.words, notes=found.notes, flags=flags, previous=previous)

    def unused(self) -> Iterator[Entry]:
        """Give the entries whose words belong to no text any more."""
        return (entry for place, entry in enumerate(self.old) if place not in self.used)

    def kept(self) -> Iterator[Entry]:
        """Give what stays at the end of the file: the words of texts that are gone."""
        for entry in self.unused():
            if entry.words:
                yield evolve(entry, obsolete=True, about=(), references=())
