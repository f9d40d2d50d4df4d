"""An append-only file of JSON lines that outlives the process."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


class JournalError(Exception):
    """The journal cannot be used; the message says why in a sentence."""


class Journal:
    """The lines accepted so far, and the place where the next one goes.

    A line counts once its newline is written: whatever stands behind the last newline was torn by a crash
    before anybody got an answer for it, and is cut off at opening. One process holds a journal at a time.

    Raises:
        JournalError: another process holds the file.
        OSError: the file or its folder cannot be made or opened.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        # Callers' names and numbers stand in it, so it is for its owner alone.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        # Unbuffered: a line that could not be written must not linger in a buffer and come out later.
        self._file = os.fdopen(descriptor, "r+b", buffering=0)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            raise JournalError(f"{path} is held by another portal simulator") from error
        self._end = self._cut_torn_line()

    def lines(self) -> Iterator[bytes]:
        """Yields every whole line from the first, without its newline."""
        with self.path.open("rb") as reader:
            for line in reader:
                yield line.rstrip(b"\n")

    def append(self, line: bytes) -> None:
        """Writes one line, whole or not at all.

        Raises:
            OSError: it could not be written; the file is as it was before.
            ValueError: the journal is closed.
        """
        data = line + b"\n"
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:
            self._file.truncate(self._end)
            self._file.seek(self._end)
            raise
        self._end += len(data)

    def close(self) -> None:
        """Lets go of the file; a later append fails."""
        self._file.close()

    def _cut_torn_line(self) -> int:
        end = 0
        with self.path.open("rb") as reader:
            for line in reader:
                if line.endswith(b"\n"):
                    end += len(line)
        self._file.truncate(end)
        self._file.seek(end)
        return end
