"""Who wants no SMS says so once, whoever repeats it, and may take it back."""

import json

import pytest

from functions.domain.errors import KeyReused, Outrun, Refused, Unavailable
from functions.domain.opt_out import OptOut
from functions.domain.receipt import Receipt
from functions.intake.opting_out import take
from functions.problems import MalformedBody
from tests.builders import NOW, PHONE, request
from tests.fakes import FakePorts

PATH = "/v1/call-centre/opt-outs"


def says(outside: FakePorts, *, opted_out: object = True, webhook_id: str = "msg_1", **more: object) -> str:
    body = {"phone": PHONE, "agent_id": "A-17", "opted_out": opted_out, **more}
    return take(outside, request(body, webhook_id=webhook_id, path=PATH))


def test_who_wants_no_sms_is_kept_with_whom_it_was_told_and_when(outside: FakePorts) -> None:
    assert json.loads(says(outside, phone="098300 12345")) == {"opted_out": True}
    assert outside.opt_outs.said == [OptOut(phone=PHONE, opted_out=True, agent_id="A-17", at=NOW)]
    assert outside.opt_outs.has_opted_out(PHONE)
    assert not outside.opt_outs.has_opted_out("+919830099999")


def test_the_last_word_holds_and_both_are_kept(outside: FakePorts) -> None:
    says(outside)
    assert json.loads(says(outside, opted_out=False, webhook_id="msg_2")) == {"opted_out": False}
    assert not outside.opt_outs.has_opted_out(PHONE)
    assert [one.opted_out for one in outside.opt_outs.said] == [True, False]


def test_a_repeat_gets_the_first_answer_and_undoes_nothing_said_since(outside: FakePorts) -> None:
    first = says(outside)
    says(outside, opted_out=False, webhook_id="msg_2")
    outside.clock.advance(days=1)
    assert says(outside) == first
    assert not outside.opt_outs.has_opted_out(PHONE)
    assert len(outside.opt_outs.said) == 2


def test_an_id_that_came_with_another_request_is_a_conflict(outside: FakePorts) -> None:
    says(outside)
    with pytest.raises(KeyReused):
        says(outside, opted_out=False)
    assert outside.opt_outs.has_opted_out(PHONE)


@pytest.mark.parametrize(
    ("opted_out", "conflict"), [(True, False), (False, True)], ids=["the same request", "another one"]
)
def test_of_two_under_one_id_at_the_same_moment_one_is_kept(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch, *, opted_out: bool, conflict: bool
) -> None:
    keep = outside.opt_outs.keep

    def outrun(said: OptOut, receipt: Receipt) -> None:
        monkeypatch.setattr(outside.opt_outs, "keep", keep)
        says(outside)
        keep(said, receipt)

    monkeypatch.setattr(outside.opt_outs, "keep", outrun)
    if conflict:
        with pytest.raises(KeyReused):
            says(outside, opted_out=opted_out)
    else:
        assert json.loads(says(outside, opted_out=opted_out)) == {"opted_out": True}
    assert len(outside.opt_outs.said) == 1


def test_a_receipt_that_is_gone_when_looked_for_is_to_be_asked_for_again(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def outrun(*_: object) -> None:
        raise Outrun("the same request came before")

    monkeypatch.setattr(outside.opt_outs, "keep", outrun)
    with pytest.raises(Unavailable):
        says(outside)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"phone": "12"}, "/phone"),
        ({"phone": None}, "/phone"),
        ({"agent_id": "A 17"}, "/agent_id"),
        ({"opted_out": "yes"}, "/opted_out"),
        ({"opted_out": None}, "/opted_out"),
        ({"reason": "too many"}, "/reason"),
    ],
)
def test_what_does_not_validate_is_refused_and_nothing_kept(
    outside: FakePorts, changes: dict[str, object], pointer: str
) -> None:
    body = {"phone": PHONE, "agent_id": "A-17", "opted_out": True, **changes}
    with pytest.raises(Refused) as refused:
        take(outside, request(body, path=PATH))
    assert [fault.pointer for fault in refused.value.faults] == [pointer]
    assert outside.opt_outs.said == []
    with pytest.raises(MalformedBody):
        take(outside, request(b"{", path=PATH))
