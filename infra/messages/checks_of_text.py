"""What holds for the text of any message: its spaces, script, links, numbers, and whose data it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from infra.messages.catalogue import Form, MessageFile
from infra.messages.finding import Finding, Kind
from infra.messages.rules import Rules
from infra.messages.structure import fixed_text, variables_of

_AT_THE_END = re.compile(r"[^\S\n]+$", re.MULTILINE)
_URL = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)
# What a telephone makes a link of without https:// before it: a domain, and what follows it.
_DOMAIN = re.compile(r"\b(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d(?:[ -]?\d)*")
_LEAST_DIGITS = 3
_INDIC = frozenset({"BENGALI", "DEVANAGARI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA"})
_SHARED = frozenset("।॥")
"""Ends of sentences in several scripts, named after one."""


def check_source(file: MessageFile, rules: Rules) -> Iterator[Finding]:
    """The file as it is written."""
    for found in _AT_THE_END.finditer(file.source):
        line = file.source.count("\n", 0, found.start()) + 1
        yield Finding(file.path, Kind.SPACES, f"line {line}")
    if not unicodedata.is_normalized("NFC", file.source):
        yield Finding(file.path, Kind.NOT_NFC, "it is to be normalised")
    yield from _of_script(file, rules)
    if file.form.is_short or file.form is Form.SUBJECT:
        for name in sorted(variables_of(file.source) & rules.personal):
            yield Finding(file.path, Kind.PERSONAL, f"it names {name}")
    if file.form.is_short:
        yield from _of_numbers(file, rules)


def check_links(path: str, text: str, form: Form, public_base_url: str, rules: Rules) -> Iterator[Finding]:
    """The links of a filled message.

    Args:
        path: of its file.
        text: as it goes out.
        form: what it is sent as; a telephone makes links of bare domains too.
        public_base_url: of the deployment.
        rules: the whitelist.
    """
    allowed = {one.format(public_base_url=public_base_url) for one in rules.links}
    found = _URL.findall(text)
    if form.is_short:
        found += _DOMAIN.findall(_URL.sub(" ", text))
    for url in found:
        whitelisted, _, _ = url.partition("?")
        if whitelisted.rstrip(".,;:!)'\">") not in allowed:
            yield Finding(path, Kind.LINK, whitelisted)


def _of_script(file: MessageFile, rules: Rules) -> Iterator[Finding]:
    own = rules.scripts.get(file.language)
    if own is None:
        yield Finding(file.path, Kind.SCRIPT, f"of {file.language} no script is known")
        return
    letters = fixed_text(file.source)
    used = {_script(letter) for letter in letters if letter.isalpha() and letter not in _SHARED}
    # The HTML and the branches of a mail have Latin letters that nobody reads.
    foreign = used - {own} if file.form.is_short or file.form is Form.SUBJECT else used & (_INDIC - {own})
    for script in sorted(foreign):
        yield Finding(file.path, Kind.SCRIPT, f"it has {script.capitalize()} letters")
    if used and own not in used:
        yield Finding(file.path, Kind.SCRIPT, f"it has no {own.capitalize()} letters")


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").partition(" ")[0]


def _of_numbers(file: MessageFile, rules: Rules) -> Iterator[Finding]:
    for found in _NUMBER.findall(_URL.sub(" ", fixed_text(file.source))):
        digits = "".join(str(unicodedata.digit(one)) for one in found if one.isdigit())
        if len(digits) >= _LEAST_DIGITS and digits not in rules.phones:
            yield Finding(file.path, Kind.PHONE, digits)
