"""What is complained of: which problem of which thing, whatever the words.

*No water in the tank* and *the pump does not run* are one complaint; *the rice is short* and *the rice is
rotten* of one shop are two. ``vocabulary`` has the complaints of each line of work, each as the meanings that
tell it. Beside its words' meanings a text tells that something is lacking (``নেই``, *does not come*), closed
(*does not open*), undone (*does not run*) or not taken: by a verb that a word beside it denies, or its own
ending.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from functions.domain import vocabulary
from functions.domain.meaning import Said, Sort, meanings_of
from functions.domain.spelling import Script, Word, words_of

_LACKING = "lacking"
_DENIED: Mapping[str, str] = {
    **dict.fromkeys(("come", "get", "give", "sent"), _LACKING),
    **dict.fromkeys(("become", "burnt", "do", "move", "raise", "repair", "start"), "undone"),
    "open": "closed",
    "take": "not-take",
}
"""What it comes to, where a verb is denied."""
_ABSENT = "absent"
_NEAR = 2
# The perfect that denies, as in ``আসেনি``, *asheni*.
_DENYING = {Script.BENGALI: "নি", Script.LATIN: "ni"}
_SHORTEST_DENYING = 4


class _Complaint(NamedTuple):
    name: str
    things: frozenset[str]
    wrongs: frozenset[str]


def complaints(said: Said, also: Collection[str] = ()) -> frozenset[str]:
    """The names of what a text complains of; empty where the vocabulary has no complaint for it.

    Args:
        also: names of meanings that the text has beside those of its words.
    """
    told = {*meanings_of(said), *_denied(said), *also} - {""}
    possible = {complaint for name in told for complaint in _by_thing().get(name, ())}
    return frozenset(complaint.name for complaint in possible if not complaint.wrongs.isdisjoint(told))


def _denied(said: Said) -> Iterator[str]:
    negations = _negations()
    denials = {at for at, (word, _) in enumerate(said) if word.plain in negations}
    for at in denials:
        if _says_none(said, at):
            yield _LACKING
    for at, (word, meant) in enumerate(said):
        if meant is None:
            continue
        if meant.name == _ABSENT:
            yield _LACKING
        elif meant.name in _DENIED and (
            not denials.isdisjoint(range(at - _NEAR, at + _NEAR + 1)) or _has_denying_ending(word)
        ):
            yield _DENIED[meant.name]


def _says_none(said: Said, at: int) -> bool:
    """Whether a word of denial denies a thing: Hindi has it behind, English before."""
    place = at + 1 if said[at][0].script is Script.LATIN else at - 1
    return 0 <= place < len(said) and (meant := said[place][1]) is not None and meant.sort is Sort.THING


def _has_denying_ending(word: Word) -> bool:
    return len(word.plain) >= _SHORTEST_DENYING and word.plain.endswith(_DENYING.get(word.script, "\n"))


@cache
def _negations() -> frozenset[str]:
    return frozenset(word.plain for word in words_of(vocabulary.NEGATIONS))


@cache
def _by_thing() -> Mapping[str, Sequence[_Complaint]]:
    found: dict[str, list[_Complaint]] = {}
    for name, told in vocabulary.rows(vocabulary.COMPLAINTS):
        things, _, wrongs = told.partition("&")
        complaint = _Complaint(name, frozenset(things.split()), frozenset(wrongs.split()))
        for thing in complaint.things:
            found.setdefault(thing, []).append(complaint)
    return found
