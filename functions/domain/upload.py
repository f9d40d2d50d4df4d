"""Which of two uploads of one file is the later one, in whatever order they are handled."""

from __future__ import annotations

from functions.domain.model import Moment, Value


class UploadInForce(Value):
    """One mail to the CMO Grievance Cell: that an upload is in force.

    Attributes:
        file: its name.
        version: as :class:`Upload` has it.
    """

    file: str
    version: str

    @property
    def key(self) -> str:
        """What makes it the same when the upload comes again, since what followed the mail failed."""
        return f"{self.file}#{self.version}"


class Upload(Value):
    """A file that an administrator put into the registry bucket.

    Attributes:
        version: S3's version of the object.
        at: when S3 took it.
        sequencer: hexadecimal; S3's own order of the uploads of one file. None where nobody told it.
    """

    version: str
    at: Moment
    sequencer: str | None = None

    def is_later_than(self, other: Upload) -> bool:
        """Whether it came after another upload of the same file.

        S3's clocks may differ from each other; its sequencers do not, so they decide where both are known.
        """
        if self.sequencer and other.sequencer:
            longest = max(len(self.sequencer), len(other.sequencer))
            ours, theirs = (one.upper().ljust(longest, "0") for one in (self.sequencer, other.sequencer))
            return ours > theirs
        return (self.at, self.version) > (other.at, other.version)
