"""Show where a text carries the words that were sought; made from the text itself, the index stores none."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache

from markupsafe import Markup, escape

from search_index.analysis import Token, pieces, spans, words

_OPEN, _CLOSE = "<mark>", "</mark>"
_VERDICT_LIMIT = 20_000


class _Sought:
    """The sought expressions, by kind: single tokens, `prefix*`, and phrases of several tokens."""

    def __init__(self, matched: frozenset[str]) -> None:
        self.single = {one for one in matched if " " not in one and not one.endswith("*")}
        self.prefixes = tuple(one[:-1] for one in matched if one.endswith("*"))
        self.phrases: dict[str, list[tuple[str, ...]]] = {}
        for phrase in (tuple(one.split()) for one in matched if " " in one):
            self.phrases.setdefault(phrase[0], []).append(phrase)
        self._verdicts: dict[str, bool] = {}

    def _hit(self, token: str) -> bool:
        return token in self.single or (bool(self.prefixes) and token.startswith(self.prefixes))

    def _promising(self, word: str) -> bool:
        verdict = self._verdicts.get(word)
        if verdict is None:
            verdict = any(self._hit(piece.text) or piece.text in self.phrases for piece in pieces(word))
            if len(self._verdicts) < _VERDICT_LIMIT:
                self._verdicts[word] = verdict
        return verdict

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the half-open spans to mark, in order of their start; they may touch or overlap."""
        runs, starts = words(text)
        for place, word in enumerate(runs):
            if not self._promising(word):
                continue
            for nth, piece in enumerate(pieces(word)):
                start = starts[place] + piece.start
                if self._hit(piece.text):
                    yield start, starts[place] + piece.end
                for phrase in self.phrases.get(piece.text, ()):
                    following = _following(runs, starts, place, nth, len(phrase))
                    if tuple(token.text for token in following) == phrase:
                        yield start, following[-1].end


def _following(runs: list[str], starts: list[int], place: int, nth: int, count: int) -> list[Token]:
    """Return up to `count` tokens from piece `nth` of run `place` on, with spans in the text."""
    found: list[Token] = []
    while place < len(runs) and len(found) < count:
        begin = starts[place]
        found += [Token(one.text, begin + one.start, begin + one.end) for one in pieces(runs[place])[nth:]]
        place, nth = place + 1, 0
    return found[:count]


@lru_cache(maxsize=64)
def _sought(matched: frozenset[str]) -> _Sought:
    return _Sought(matched)


def _merged(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _marked(text: str, marks: Iterable[tuple[int, int]], begin: int, end: int) -> Markup:
    parts: list[str] = ["… " if begin else ""]
    at = begin
    for start, stop in marks:
        if start < begin or stop > end:
            continue
        parts += (escape(text[at:start]), _OPEN, escape(text[start:stop]), _CLOSE)
        at = stop
    parts += (escape(text[at:end]), " …" if end < len(text) else "")
    return Markup("".join(parts))  # noqa: S704 - every part is escaped


def highlight(text: str, matched: Iterable[str]) -> Markup:
    """Return the whole of `text` as escaped HTML, what matches `matched` (see `Page.matched`) in `<mark>`."""
    return _marked(text, _merged(_sought(frozenset(matched)).found(text)), 0, len(text))


def snippet(text: str, matched: Iterable[str], *, characters: int = 240) -> Markup:
    """Return a stretch of about `characters` characters of `text` around most matches, escaped and marked.

    The stretch begins and ends between words, with an ellipsis where text was left out; without a match it is the
    beginning of the text.
    """
    marks = _merged(_sought(frozenset(matched)).found(text))
    return _marked(text, marks, *_window(text, marks, characters))


class Passage:
    """A text that is shown again and again: analysed once, then marked by look-ups. About 70 bytes a word."""

    __slots__ = ("_ends", "_starts", "_tokens", "_where", "text")

    def __init__(self, text: str) -> None:
        """Analyse `text`."""
        self.text = text
        self._tokens: list[str] = []
        self._starts, self._ends = array("I"), array("I")
        self._where: dict[str, list[int]] = {}
        for place, token in enumerate(spans(text)):
            self._tokens.append(token.text)
            self._starts.append(token.start)
            self._ends.append(token.end)
            self._where.setdefault(token.text, []).append(place)

    def highlight(self, matched: Iterable[str]) -> Markup:
        """The same as `highlight(text, matched)`."""
        return _marked(self.text, _merged(self._found(_sought(frozenset(matched)))), 0, len(self.text))

    def snippet(self, matched: Iterable[str], *, characters: int = 240) -> Markup:
        """The same as `snippet(text, matched, characters=…)`."""
        marks = _merged(self._found(_sought(frozenset(matched))))
        return _marked(self.text, marks, *_window(self.text, marks, characters))

    def _found(self, sought: _Sought) -> list[tuple[int, int]]:
        starts, ends, where = self._starts, self._ends, self._where
        marks = [(starts[place], ends[place]) for token in sought.single for place in where.get(token, ())]
        if sought.prefixes:
            beginning = (token for token in where if token.startswith(sought.prefixes))
            marks += [(starts[place], ends[place]) for token in beginning for place in where[token]]
        for first, phrases in sought.phrases.items():
            for place in where.get(first, ()):
                for phrase in phrases:
                    last = place + len(phrase)
                    if tuple(self._tokens[place:last]) == phrase:
                        marks.append((starts[place], ends[last - 1]))
        return sorted(marks)


def _window(text: str, marks: list[tuple[int, int]], characters: int) -> tuple[int, int]:
    if len(text) <= characters:
        return 0, len(text)
    best, most = 0, 0
    last = 0
    for first, (start, _) in enumerate(marks):
        last = max(last, first)
        while last < len(marks) and marks[last][1] - start <= characters * 3 // 4:
            last += 1
        if last - first > most:
            best, most = start, last - first
    begin = max(0, best - characters // 4) if most else 0
    if begin:
        cut = text.find(" ", begin, begin + 40)
        begin = cut + 1 if cut >= 0 and cut < best else begin
    end = min(len(text), begin + characters)
    if end < len(text):
        cut = text.rfind(" ", begin + characters // 2, end)
        end = cut if cut > 0 else end
    return begin, end
