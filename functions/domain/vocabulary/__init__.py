"""Words of one meaning in Bengali, Hindi and English: what calls are about, what is wrong, whom they mean.

A row is a meaning: its name, and its words in any script; an indented line goes on with the row before it.
A word is found however it is spelt and inflected (see ``meaning``), so that one spelling in each script is
enough. Bengali and Hindi in Latin letters are written here only where the word is too short to be known by
its consonants. What is not here is taken for a name.

Own lists, from the categories, the schemes, the sample calls and what such calls tell otherwise.
"""

from functions.domain.vocabulary.background import BACKGROUND, KIN, NUMBERS
from functions.domain.vocabulary.complaints import COMPLAINTS
from functions.domain.vocabulary.fillers import ENGLISH_FILLERS, FILLERS
from functions.domain.vocabulary.groups import (
    BUILDINGS,
    NUMBERED,
    NUMBERED_ALONE,
    ONE_AT_A_TIME,
    OWN,
    SUFFERED,
)
from functions.domain.vocabulary.rows import rows
from functions.domain.vocabulary.states import STATES
from functions.domain.vocabulary.things import LANDMARKS, THINGS
from functions.domain.vocabulary.verbs import BENGALI_ENDINGS, HINDI_ENDINGS, NEGATIONS, VERBS

__all__ = [
    "BACKGROUND",
    "BENGALI_ENDINGS",
    "BUILDINGS",
    "COMPLAINTS",
    "ENGLISH_FILLERS",
    "FILLERS",
    "HINDI_ENDINGS",
    "KIN",
    "LANDMARKS",
    "NEGATIONS",
    "NUMBERED",
    "NUMBERED_ALONE",
    "NUMBERS",
    "ONE_AT_A_TIME",
    "OWN",
    "STATES",
    "SUFFERED",
    "THINGS",
    "VERBS",
    "rows",
]
