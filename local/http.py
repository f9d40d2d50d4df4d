"""Plain HTTP to this machine, past any proxy."""

from __future__ import annotations

import urllib.error
import urllib.request
from http import HTTPStatus

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def answers(url: str, seconds: float = 5) -> bool:
    """Tells whether something answers a GET with success."""
    return status(url, seconds) == HTTPStatus.OK


def status(url: str, seconds: float = 5) -> int | None:
    """The status that a GET is answered with, or nothing when nobody answers."""
    try:
        with _OPENER.open(url, timeout=seconds) as response:
            code: int = response.status
            return code
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, ValueError):
        return None
