"""Reads complaint texts from a CSV file and makes them fit."""

from __future__ import annotations

import csv
import itertools
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from functions.domain.text import BIDI_CONTROLS, CONTROLS, DETAILS_LENGTH, SUMMARY_LENGTH
from local.errors import LocalStackError

_LONGEST_CELL = 2**24


@dataclass(frozen=True)
class Complaint:
    """A text that fits the API.

    Attributes:
        row: Of the file, the one below the header being 1.
        details: The longer text, None where the summary holds all of it.
    """

    row: int
    summary: str
    details: str | None


@dataclass(frozen=True)
class Rows:
    """What was read.

    Attributes:
        skipped: How many rows had no text.
    """

    complaints: tuple[Complaint, ...]
    skipped: int


def prepare(row: int, text: str) -> Complaint | None:
    """Makes a text fit: NFC, without control characters, cut where it is too long.

    Returns:
        None where nothing is left.
    """
    text = CONTROLS.sub(" ", BIDI_CONTROLS.sub("", text.replace("\r\n", "\n")))
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        return None
    details = text[:DETAILS_LENGTH] if len(text) > SUMMARY_LENGTH else None
    return Complaint(row, text[:SUMMARY_LENGTH].rstrip(), details)


def read(path: Path, column: str, limit: int) -> Rows:
    """Reads the first rows of a file.

    Args:
        path: UTF-8 CSV with a header, with or without a byte order mark.
        column: Where the texts stand.
        limit: How many rows at the most.

    Raises:
        LocalStackError: It is no such file.
    """
    complaints: list[Complaint] = []
    skipped = 0
    csv.field_size_limit(_LONGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if column not in (rows.fieldnames or ()):
                raise LocalStackError(f"{path} has no column {column!r}, but {rows.fieldnames}")
            for number, cells in enumerate(itertools.islice(rows, limit), start=1):
                complaint = prepare(number, cells[column] or "")
                if complaint is None:
                    skipped += 1
                else:
                    complaints.append(complaint)
    except OSError as error:
        raise LocalStackError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LocalStackError(f"{path} is not UTF-8") from error
    except csv.Error as error:
        raise LocalStackError(f"{path}: {error}") from error
    return Rows(tuple(complaints), skipped)
