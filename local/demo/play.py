"""Plays the calls, and waits until each is where it is expected."""

from __future__ import annotations

import time  # noqa: TID251 - waits by the wall clock
from collections.abc import Iterable
from datetime import datetime

from functions.domain.calendar import IST
from local.demo.actors import DataAnalyst, TeleCaller
from local.demo.calls import Sample
from local.demo.outcome import FORWARDED, Call
from local.demo.sent import Officers, Post, not_reached
from local.demo.show import Show
from local.waiting import wait_until

_INTERVAL = 0.2
_READ_SECONDS = 5.0


class Play:
    """One run.

    Args:
        tele_caller: Posts and looks up.
        analyst: Decides.
        post: Where the messages are.
        officers: Who they are.
        show: Tells the person at the terminal.
    """

    def __init__(
        self, tele_caller: TeleCaller, analyst: DataAnalyst, post: Post, officers: Officers, show: Show
    ) -> None:
        self._tele_caller = tele_caller
        self._analyst = analyst
        self._post = post
        self._officers = officers
        self._show = show
        self._calls: list[Call] = []

    def run(self, samples: Iterable[Sample], seconds: float) -> list[Call]:
        """Plays the calls in order.

        The first goes all the way before the next is posted, and the others up to the analyst: the functions
        start one after the other, as they are needed, and not all at once for all calls.

        Args:
            seconds: How long to wait at the most for all of it.
        """
        deadline = time.monotonic() + seconds
        self._show.heading("The tele-caller posts, the data analyst decides, the grievances go their way")
        for number, sample in enumerate(samples, start=1):
            call = Call(number, sample, self._tele_caller.post(sample, datetime.now(IST)))
            self._calls.append(call)
            self._show.answered(call)
            is_done = self._all_arrived if number == 1 else self._all_taken_up
            wait_until(is_done, deadline - time.monotonic(), _INTERVAL)
        wait_until(self._all_arrived, deadline - time.monotonic(), _INTERVAL)
        wait_until(self._all_alerted, deadline - time.monotonic(), _INTERVAL)
        # Read once more, so that what is counted is what is there now.
        for call in self._calls:
            call.state = None
            wait_until(lambda: self._look_up(call), _READ_SECONDS, _INTERVAL)  # noqa: B023 - within the turn
        return self._calls

    def _all_taken_up(self) -> bool:
        self._go_on()
        return all(call.reference is None or call.is_taken_up for call in self._calls)

    def _all_arrived(self) -> bool:
        self._go_on()
        return all(call.reference is None or call.has_arrived for call in self._calls)

    def _go_on(self) -> None:
        for call in self._calls:
            if call.reference is None or call.has_arrived:
                continue
            self._follow(call)
            if call.state and call.state.status == "under_review" and call.decision is None:
                self._decide(call)

    def _look_up(self, call: Call) -> bool:
        state = self._tele_caller.look_up(call.reference) if call.reference else None
        call.state = state or call.state
        return call.reference is None or state is not None

    def _follow(self, call: Call) -> None:
        before = call.state.status if call.state else None
        self._look_up(call)
        if call.state and call.state.status not in {before, "registered"}:
            self._show.moved(call)

    def _decide(self, call: Call) -> None:
        decision = call.sample.analyst
        if decision is None or call.reference is None:
            return
        earlier = {other.sample.record_id: other.reference for other in self._calls}
        duplicate_of = earlier.get(decision.duplicate_of_record) if decision.duplicate_of_record else None
        call.decision = self._analyst.decide(call.reference, decision, duplicate_of)
        self._show.decided(call)

    def _all_alerted(self) -> bool:
        about = self._post.about(call.reference for call in self._calls if call.reference)
        for call in self._calls:
            if call.reference is None:
                continue
            call.messages = about[call.reference] or call.messages
            self._note_missing(call)
        return not any(call.missing for call in self._calls)

    def _note_missing(self, call: Call) -> None:
        if call.state is None or call.state.status not in FORWARDED or call.state.assignee is None:
            return
        officers = self._officers.to_alert(call.state.assignee.office, datetime.now(IST).date())
        call.missing = not_reached(officers, call.messages) if officers else ["the office has no officer"]
