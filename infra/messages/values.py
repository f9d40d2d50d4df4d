"""What variables can hold: all that the registers have in a language, and the longest of everything else."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from functions.adapters.bundled import registers
from functions.adapters.messages import FALLBACK_LANGUAGE, found_wanting, not_stated
from functions.domain.office import Level, OfficeKind
from functions.domain.text import DETAILS_LENGTH, SUMMARY_LENGTH
from functions.wire import told
from infra.messages.sms import Encoding, encoding_of, places

NAME_LENGTH = 200
"""So long may a name and a designation be that administrators upload."""
REFERENCE = "SSM-4821-903-7717"
LEAD = "SSM-1234-567-8902"
TOKEN = "A1b2C3d4E5f6G7h8J9k0Lm"  # noqa: S105 - of the length of a real one, and of no link
OFFICERS_LANGUAGES = ("bn", "en")
_OF_EMERGENCIES = frozenset({"officer_emergency", "officer_unacknowledged"})
_OF_RECALLS = frozenset({"officer_recalled"})

Domain = Sequence[object]


def example_base_url(length: int) -> str:
    """A public base URL of that length."""
    return "https://" + "ssm.wb.example".rjust(length - len("https://"), "x")


def link(public_base_url: str) -> str:
    """An acknowledgement link, as long as a real one."""
    return f"{public_base_url}/v1/ack?t={TOKEN}"


def _times() -> Iterator[str]:
    return (told(datetime(2026, month, 28, 12, tzinfo=UTC)) for month in range(1, 13))


def domains(language: str, public_base_url: str) -> Mapping[str, Domain]:
    """By variable everything that it can hold in that language; of free text the shortest and the longest."""
    known = registers()
    read_by_officers = language if language in OFFICERS_LANGUAGES else FALLBACK_LANGUAGE
    offices = {
        office.name_in(language): office.kind is OfficeKind.DISTRICT for office in known.offices.values()
    }
    return {
        "reference": (REFERENCE,),
        "lead": (LEAD,),
        "category": (
            *sorted({category.name_in(language) for category in known.categories.values()}),
            not_stated(language),
        ),
        "office": sorted(offices),
        "district": (*sorted(name for name, is_district in offices.items() if is_district), ""),
        "due": (
            *_times(),
            not_stated(language),
        ),
        "link": (link(public_base_url),),
        "role": tuple(level.value for level in Level),
        "emergency": (False, True),
        "for_information": (False, True),
        "officer_name": ("Ila Sen", _as_long_as("Ila Sen", NAME_LENGTH)),
        "designation": ("Secretary", _as_long_as("Joint Secretary", NAME_LENGTH)),
        "assignee": ("Secretary", _as_long_as("Joint Secretary", NAME_LENGTH)),
        "caller_name": ("", _as_long_as("Ila Sen", NAME_LENGTH)),
        "caller_phone": ("+917000010001",),
        "summary": ("A", _as_long_as("No water", SUMMARY_LENGTH)),
        "details": ("", _as_long_as("No water\nsince Monday.", DETAILS_LENGTH)),
        "portal_id": ("", "CMO/2026/0001234567"),
        "recall_reasons": ([], [found_wanting(check, read_by_officers) for check in known.standard]),
    }


def fillings(variables: Iterable[str], known: Mapping[str, Domain]) -> Iterator[dict[str, object]]:
    """Every way to fill variables that can be the longest, in every branch.

    Of a variable's texts there go in the one that is longest in GSM-7 and the one that is longest of those
    that make a text UCS-2: in either alphabet the places of a text are the sum of its variables' places, so
    that no other value makes more of them. What is no text, or has few values, goes in whole.

    Args:
        variables: which; each must be known.
        known: what they can hold.
    """
    names = sorted(variables)
    choices = [_worst(known[name]) for name in names]
    for chosen in itertools.product(*choices):
        yield dict(zip(names, chosen, strict=True))


def longest(known: Mapping[str, Domain]) -> dict[str, object]:
    """One filling: the longest of every variable."""
    return {name: max(domain, key=_length) for name, domain in known.items()}


def shortest(known: Mapping[str, Domain]) -> dict[str, object]:
    """One filling: the shortest of every variable."""
    return {name: min(domain, key=_length) for name, domain in known.items()}


def typical(name: str, language: str, public_base_url: str) -> dict[str, object]:
    """One filling for people to read: the registers' longest names, and free text of a usual length.

    Args:
        name: of the message, which says what it is of.
        language: of the message.
        public_base_url: of the deployment.
    """
    filled = longest(domains(language, public_base_url)) | {
        "emergency": name in _OF_EMERGENCIES,
        "for_information": False,
        "role": Level.NODAL.value,
        "officer_name": "Ananya Roy (sample)",
        "designation": "Joint Secretary (Grievance)",
        "assignee": "Joint Secretary (Grievance)",
        "caller_name": "বাসন্তী বিশ্বাস",
        "summary": "ছয় মাস ধরে লক্ষ্মীর ভাণ্ডারের টাকা ঢুকছে না",
        "details": "ব্যাঙ্কে বলছে, আধার যুক্ত হয়নি।",
    }
    return filled if name in _OF_RECALLS else filled | {"recall_reasons": []}


def longest_text(domain: Domain) -> str:
    """The longest text of a variable, by its characters."""
    return str(max(domain, key=_length))


def _length(value: object) -> int:
    return len(value) if isinstance(value, (str, list)) else int(value is True)


def _worst(domain: Domain) -> Sequence[object]:
    texts = [value for value in domain if isinstance(value, str)]
    if len(texts) != len(domain):
        return domain
    worst = [_longest_in(encoding, texts) for encoding in Encoding]
    return list(dict.fromkeys(text for text in (*worst, *_flags(texts)) if text is not None))


def _longest_in(encoding: Encoding, texts: Sequence[str]) -> str | None:
    fitting = (text for text in texts if encoding_of(text) is encoding)
    return max(fitting, key=lambda text: places(text, encoding), default=None)


def _flags(texts: Sequence[str]) -> Sequence[str]:
    """Texts that a branch may turn on: an empty one, and those of a short list."""
    return texts if len(texts) <= len(Level) else [text for text in texts if not text]


def _as_long_as(words: str, length: int) -> str:
    return ((words + " ") * length)[:length].rstrip().ljust(length, ".")
