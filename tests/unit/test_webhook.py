"""Standard Webhooks: what the reference library signs opens the door, and nothing else does."""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from functions.adapters.webhook import canonical_path, verify
from functions.domain.errors import Unauthenticated
from tests.builders import NOW

CURRENT = "whsec_" + base64.b64encode(b"the current secret of the tests.").decode()
PREVIOUS = "whsec_" + base64.b64encode(b"the previous secret of the tests").decode()
FOREIGN = "whsec_" + base64.b64encode(b"somebody else's secret entirely.").decode()
BODY = '{"summary": "হাসপাতাল কার্ড নেয়নি"}'.encode()
ID = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W"


def signed(
    payload: bytes = BODY,
    *,
    secret: str = CURRENT,
    webhook_id: str = ID,
    at: datetime = NOW,
    **changes: str,
) -> dict[str, str]:
    """Headers as the reference library makes them."""
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(webhook_id, at, payload.decode()),
    } | {name.replace("_", "-"): value for name, value in changes.items()}


def opens(
    headers: Mapping[str, str],
    payload: bytes = BODY,
    secrets: tuple[str, ...] = (CURRENT,),
    now: datetime = NOW,
) -> str:
    return verify(headers, payload, secrets, now)


@given(
    st.text(alphabet=st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=255),
    st.text(max_size=60),
    st.integers(-300, 300),
)
def test_what_the_library_signs_opens_the_door(webhook_id: str, text: str, seconds: int) -> None:
    payload = text.encode(errors="ignore")
    headers = signed(payload, webhook_id=webhook_id, at=NOW + timedelta(seconds=seconds))
    assert opens(headers, payload) == webhook_id


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_another_payload_does_not_open_it(one: bytes, other: bytes) -> None:
    one, other = (each.decode(errors="ignore").encode() for each in (one, other))
    if one == other:
        assert opens(signed(one), other) == ID
        return
    with pytest.raises(Unauthenticated, match="wrong-signature"):
        opens(signed(one), other)


def test_another_id_or_time_does_not_open_it() -> None:
    with pytest.raises(Unauthenticated, match="wrong-signature"):
        opens(signed(webhook_id="msg_1") | {"webhook-id": "msg_2"})
    with pytest.raises(Unauthenticated, match="wrong-signature"):
        opens(signed() | {"webhook-timestamp": str(int(NOW.timestamp()) + 1)})


def test_while_a_secret_is_rotated_both_are_taken() -> None:
    for secret in (CURRENT, PREVIOUS):
        assert opens(signed(secret=secret), secrets=(CURRENT, PREVIOUS)) == ID
    with pytest.raises(Unauthenticated, match="wrong-signature"):
        opens(signed(secret=PREVIOUS), secrets=(CURRENT,))
    with pytest.raises(Unauthenticated, match="wrong-signature"):
        opens(signed(secret=FOREIGN), secrets=(CURRENT, PREVIOUS))


def test_a_sender_may_sign_with_both_secrets_while_he_rotates() -> None:
    both = " ".join(signed(secret=secret)["webhook-signature"] for secret in (FOREIGN, PREVIOUS))
    assert opens(signed(webhook_signature=both), secrets=(CURRENT, PREVIOUS)) == ID


def test_signatures_of_other_versions_are_passed_over() -> None:
    good = signed()["webhook-signature"]
    assert opens(signed(webhook_signature=f"v1a,nonsense! {good}")) == ID
    with pytest.raises(Unauthenticated, match="wrong-signature"):
        opens(signed(webhook_signature=good.replace("v1,", "v2,")))


def test_without_a_secret_the_door_stays_shut() -> None:
    with pytest.raises(Unauthenticated, match="wrong-signature"):
        opens(signed(), secrets=())


@pytest.mark.parametrize("seconds", [-300, -299, 0, 299, 300])
def test_five_minutes_of_difference_are_tolerated_on_both_sides(seconds: int) -> None:
    assert opens(signed(at=NOW + timedelta(seconds=seconds))) == ID


@pytest.mark.parametrize("seconds", [-86_400, -301, 301, 86_400])
def test_more_than_five_minutes_are_not(seconds: int) -> None:
    with pytest.raises(Unauthenticated, match="stale"):
        opens(signed(at=NOW + timedelta(seconds=seconds)))


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_every_header_must_be_there(name: str) -> None:
    headers = signed()
    del headers[name]
    with pytest.raises(Unauthenticated, match="malformed-headers"):
        opens(headers)


@pytest.mark.parametrize(
    "timestamp",
    [
        "",
        " ",
        "abc",
        "1795495500.5",
        "1795495500.",
        "+1795495500",
        "-1795495500",
        " 1795495500",
        "1795495500 ",
        "1795495500\n",
        "1_795_495_500",
        "1795495500e0",
        "0x6b04a34c",
        "১৭৯৫৪৯৫৫০০",
        "²",
        "nan",
        "inf",
        "999999999999",
        "9" * 13,
        "2026-11-24T04:45:00Z",
    ],
)
def test_a_time_that_is_not_whole_seconds_is_malformed(timestamp: str) -> None:
    with pytest.raises(Unauthenticated, match="malformed-headers"):
        opens(signed(webhook_timestamp=timestamp))


@pytest.mark.parametrize("webhook_id", ["", " ", "a b", "a\tb", "a\n", "é", "আ", "x" * 256, "\x7f", "\x00"])
def test_an_id_that_is_not_printable_ascii_is_malformed(webhook_id: str) -> None:
    # GIVEN even that it was signed so
    with pytest.raises(Unauthenticated, match="malformed-headers"):
        opens(signed(webhook_id=webhook_id))


@pytest.mark.parametrize(
    "signature",
    [
        "",
        " ",
        "v1",
        "v1,",
        "v1;abc",
        "{good} ",
        " {good}",
        "{good}  {good}",
        "{good}\n",
        "v1,{encoded}=",
        "v1,{unpadded}",
        "v1,*{encoded}",
        "v1, {encoded}",
        "v1,{urlsafe}",
        "v1,AAAA",
        "v1,আ",
        "v1,{encoded},{encoded}",
        "{good} v1,AAAA",
        "{good} nonsense",
        "{nine}",
    ],
)
def test_a_signature_header_that_is_not_of_the_form_is_malformed(signature: str) -> None:
    good = signed()["webhook-signature"]
    encoded = good.removeprefix("v1,")
    header = signature.format(
        good=good,
        encoded=encoded,
        unpadded=encoded.rstrip("="),
        urlsafe="-_" + encoded[2:],
        nine=" ".join([good] * 9),
    )
    with pytest.raises(Unauthenticated, match="malformed-headers"):
        opens(signed(webhook_signature=header))


def test_a_body_that_is_not_utf_8_is_nobodys() -> None:
    with pytest.raises(Unauthenticated, match="not-utf-8"):
        opens(signed(b""), b"\xff\xfe")


headers_of_any_kind = st.dictionaries(
    st.sampled_from(["webhook-id", "webhook-timestamp", "webhook-signature", "other"]),
    st.text(max_size=40)
    | st.from_regex(r"v1,[A-Za-z0-9+/]{42,44}={0,2}", fullmatch=True)
    | st.integers().map(str)
    | st.just(str(int(NOW.timestamp())))
    | st.lists(st.text(max_size=10), max_size=12).map(" ".join),
)


@given(headers_of_any_kind, st.binary(max_size=20))
def test_no_header_whatever_makes_anything_but_unauthenticated(
    headers: dict[str, str], payload: bytes
) -> None:
    with pytest.raises(Unauthenticated):
        opens(headers, payload, secrets=(CURRENT, PREVIOUS))


@given(st.sampled_from(["webhook-id", "webhook-timestamp", "webhook-signature"]), st.text(max_size=60))
def test_no_header_in_the_place_of_a_good_one_makes_anything_but_unauthenticated(
    name: str, value: str
) -> None:
    good = signed()
    if value == good[name]:
        return
    with pytest.raises(Unauthenticated):
        opens(good | {name: value})


def test_the_clock_is_the_one_that_was_handed_in() -> None:
    long_ago = datetime(1999, 1, 1, tzinfo=UTC)
    assert opens(signed(at=long_ago), now=long_ago + timedelta(minutes=4)) == ID


@pytest.mark.parametrize(
    ("path", "parameters", "canonical"),
    [
        ("/v1/health", [], "/v1/health"),
        ("/v1/call-centre/reviews", [("limit", "100")], "/v1/call-centre/reviews?limit=100"),
        (
            "/v1/call-centre/callbacks",
            [("state", "due"), ("cursor", "abc"), ("limit", "5")],
            "/v1/call-centre/callbacks?cursor=abc&limit=5&state=due",
        ),
        (
            "/v1/field/assignments",
            [("district", "320 303+&=/?~-._"), ("cursor", "নদী")],
            "/v1/field/assignments?cursor=%E0%A6%A8%E0%A6%A6%E0%A7%80&district=320%20303%2B%26%3D%2F%3F~-._",
        ),
        ("/v1/x", [("b", "2"), ("a", "z"), ("a", "y")], "/v1/x?a=z&a=y&b=2"),
        ("/v1/x", [("a", "")], "/v1/x?a="),
    ],
)
def test_a_request_without_a_body_signs_its_canonical_path(
    path: str, parameters: list[tuple[str, str]], canonical: str
) -> None:
    assert canonical_path(path, parameters) == canonical
