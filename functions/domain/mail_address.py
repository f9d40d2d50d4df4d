"""Mail addresses as every mail server takes them: an addr-spec of RFC 5322 in ASCII, at a host with a name.

Quoted local parts, comments and addresses of machines are left out: no officer has one, and what looks like
one is a slip of the pen. A domain in another script is written as it is registered (``xn--…``).
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@(?:{_LABEL}\.)+(?=[A-Za-z]){_LABEL}")
_LONGEST = 254
_LONGEST_LOCAL = 64
"""RFC 5321, 4.5.3.1.1."""

AS_KEPT = {"as_kept": True}
"""Context in which what was kept is read: a rule that was tightened since makes no officer unreadable."""


def is_mail_address(text: str) -> bool:
    """Whether a text is a mail address, and nothing else."""
    found = _ADDRESS.fullmatch(text)
    return found is not None and len(text) <= _LONGEST and len(found["local"]) <= _LONGEST_LOCAL


def _checked(text: str, info: ValidationInfo) -> str:
    if info.context != AS_KEPT and not is_mail_address(text):
        message = "is no mail address such as nodal.hfw@example.org"
        raise ValueError(message)
    return text


Email = Annotated[str, AfterValidator(_checked)]
"""A field that holds a mail address as it is written."""
