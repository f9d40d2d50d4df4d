"""The command: ``python -m local.portal --port N --state FILE --token-file FILE``; see ``--help``."""

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from local.portal.journal import JournalError
from local.portal.server import PortalSimulator


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m local.portal", description="A simulator of the CMO Grievance Portal."
    )
    parser.add_argument("--port", type=int, required=True, help="0 takes a free port")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--state", type=Path, required=True, help="the journal of what was accepted")
    parser.add_argument("--token-file", type=Path, required=True, help="holds the API's bearer token")
    parser.add_argument("--aws-endpoint", help="the emulator, whose SMS and mails the page shows")
    parser.add_argument("--public-base-url", default="", help="what the button of a WhatsApp message opens")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves until SIGTERM or SIGINT comes.

    Returns:
        The exit status: 0 after a signal, 1 when it could not start, which a sentence on stderr explains.
    """
    options = _parser().parse_args(arguments)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    try:
        portal = PortalSimulator(
            state=options.state,
            token=options.token_file.read_text(encoding="utf-8").strip(),
            host=options.host,
            port=options.port,
            aws_endpoint=options.aws_endpoint,
            public_base_url=options.public_base_url,
        )
    except (JournalError, OSError, OverflowError, ValueError) as error:
        sys.stderr.write(f"the portal simulator cannot start: {error}\n")
        return 1
    with portal:
        print(f"portal simulator listening on {portal.url}", flush=True)
        stopping.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
