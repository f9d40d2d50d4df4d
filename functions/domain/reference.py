"""A record's reference: ``SSM-`` and eleven digits in groups of 4-3-4, the last a Verhoeff check digit.

Made to be read aloud and typed back: the Verhoeff digit catches every single wrong digit and every swap of
two neighbours (J. Verhoeff, *Error Detecting Decimal Codes*, 1969). Ten digits carry the identity and come
from a keyed hash of what the sender calls its record. So a repeat finds itself without a second table, and
nobody can walk through references in sequence.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from stdnum import verhoeff

from functions.domain.errors import Fault, Refused

_GRAMMAR = re.compile(r"^SSM[- ]?(\d{4})[- ]?(\d{3})[- ]?(\d{4})$", re.ASCII)
_IDENTITIES = 10**10


def derive(key: bytes, sender: str, record_id: str, candidate: int = 0) -> str:
    """The reference of a sender's record.

    Args:
        key: secret key, at least 16 bytes. It must never rotate: repeats would no longer find themselves.
        sender: who names the record, such as ``call-centre``.
        record_id: the sender's own name of the record.
        candidate: 0 at first; 1, 2, … when the reference before is taken by another record.
    """
    message = f"{sender}\n{record_id}\n{candidate}".encode()
    digest = hmac.new(key, message, hashlib.sha256).digest()
    identity = f"{int.from_bytes(digest) % _IDENTITIES:010d}"
    digits = identity + verhoeff.calc_check_digit(identity)
    return f"SSM-{digits[:4]}-{digits[4:7]}-{digits[7:]}"


def parse(text: str, *, at: str | None = None) -> str:
    """The reference in its one spelling; hyphens may be left out or typed as spaces.

    Args:
        text: as it was typed.
        at: JSON pointer to its place in a body; None where it stands outside of one.

    Raises:
        Refused: it is mistyped, that is malformed or with a wrong check digit.
    """
    match = _GRAMMAR.match(text.strip().upper())
    if not match:
        raise Refused(Fault(at, "a reference is SSM- and eleven digits, such as SSM-4821-903-7717"))
    if not verhoeff.is_valid("".join(match.groups())):
        raise Refused(Fault(at, "the reference is mistyped: its digits do not fit together"))
    return "SSM-" + "-".join(match.groups())
