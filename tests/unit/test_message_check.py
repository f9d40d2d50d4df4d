"""Every message is as operators, Meta and the telephone take it; and each way not to be is found."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
import typer
import yaml
from typer.testing import CliRunner

from functions.adapters.system import SystemIdentifiers
from infra.messages import __main__ as command
from infra.messages.catalogue import FOLDER, read
from infra.messages.check import check
from infra.messages.finding import Kind
from infra.messages.rules import rules
from infra.messages.values import TOKEN, domains, example_base_url

EN, BN, HI = "en/officer_new.sms.j2", "bn/officer_new.sms.j2", "hi/citizen_new.sms.j2"
CITIZEN_EN, CITIZEN_BN = "en/citizen_new.sms.j2", "bn/citizen_new.sms.j2"
WHATSAPP, WHATSAPP_BN = "en/officer_new.whatsapp.j2", "bn/officer_new.whatsapp.j2"
VOICE = "en/officer_new.voice.j2"
SUBJECT, MAIL = "en/officer_new.mail.subject.j2", "en/officer_new.mail.j2"
DLT, META, ALERTS = "dlt.yaml", "whatsapp.yaml", "alerts.csv"
BASE = example_base_url(rules().public_base_url_length)
LAYOUT = "{{ reference }}\n{% block lead %}{% endblock %}\n"


def entry_of(number: int, *variables: str, **slots: int) -> dict[str, object]:
    """A registration with the operators."""
    entry = {"dlt_template_id": f"{1107000000000000000 + number}", "sender_id": "WBSSMG"}
    return {**entry, "variables": list(variables), "slots": slots}


GOOD: Mapping[str, str] = {
    EN: "Grievance {{ reference }}: {{ category }}\nRedress by {{ due }}\nAcknowledge: {{ link }}\n",
    BN: "অভিযোগ\n{{ reference }}\nসময় {{ due }}\n{{ link }}\n",
    CITIZEN_EN: "Your matter {{ reference }} is registered. Please call 9137091370, Mon-Sat 9am-6pm.\n",
    CITIZEN_BN: "আপনার বিষয় {{ reference }} নথিভুক্ত। ফোন 9137091370।\n",
    HI: "आपका विषय {{ reference }} दर्ज हुआ। फोन 9137091370।\n",
    WHATSAPP: "Grievance {{ reference }} is with you.\nRedress it by {{ due }}, please.\n",
    WHATSAPP_BN: "অভিযোগ {{ reference }} আপনার কাছে আছে।\n",
    VOICE: "A grievance is with you.{% if emergency %} It is an emergency.{% endif %} {{ category }}.\n",
    SUBJECT: "{% if emergency %}EMERGENCY, {% endif %}grievance {{ reference }}\n",
    "bn/officer_new.mail.subject.j2": "অভিযোগ {{ reference }}\n",
    MAIL: "{% extends layout %}\n{% block lead %}{{ summary }} by {{ due }}: {{ link }}{% endblock %}\n",
    "bn/officer_new.mail.j2": "{% extends layout %}\n{% block lead %}নিষ্পত্তি করুন{% endblock %}\n",
    **{f"{of}/layout.mail.{form}.j2": LAYOUT for of in ("bn", "en") for form in ("txt", "html")},
    DLT: yaml.safe_dump(
        {
            EN: entry_of(0, "reference", "category", "due", "link", category=2, link=2),
            BN: entry_of(1, "reference", "due", "link", link=2),
            CITIZEN_EN: entry_of(2, "reference"),
            CITIZEN_BN: entry_of(3, "reference"),
            HI: entry_of(4, "reference"),
        }
    ),
    META: yaml.safe_dump(
        {
            WHATSAPP: {
                "name": "officer_new",
                "language": "en_GB",
                "parameters": ["reference", "due"],
                "button": "Acknowledge",
            },
            WHATSAPP_BN: {"name": "officer_new", "language": "bn", "parameters": ["reference"]},
        }
    ),
    ALERTS: "event,channels,template\nRecordForwarded,sms;email;whatsapp;voice,officer_new\n",
}


def registered(register: str, path: str, **changed: object) -> str:
    """A register in which one entry is another."""
    entries = yaml.safe_load(GOOD[register])
    entries[path] |= changed
    return yaml.safe_dump(entries)


def without(register: str, path: str) -> str:
    entries = yaml.safe_load(GOOD[register])
    del entries[path]
    return yaml.safe_dump(entries)


def found_in(folder: Path, changed: Mapping[str, str | None]) -> dict[Kind, set[str]]:
    """What is found in the good folder with some files changed: the paths by kind."""
    for path, content in {**GOOD, **changed}.items():
        if content is not None:
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(content.encode())
    found: dict[Kind, set[str]] = {}
    for one in check(read(folder)):
        found.setdefault(one.kind, set()).add(one.path)
    return found


def longer(path: str, text: str) -> str:
    """A good file that says more."""
    return GOOD[path].rstrip("\n") + text + "\n"


def test_every_message_is_as_it_must_be() -> None:
    assert [str(one) for one in check(read())] == []


def test_nothing_is_found_in_good_messages(tmp_path: Path) -> None:
    assert found_in(tmp_path, {}) == {}


CASES: list[tuple[Kind, str, Mapping[str, str | None]]] = [
    # Parts and alphabet. 306 septets, 134 code units; the good ones have 254 at the most.
    (Kind.BUDGET, EN, {EN: longer(EN, " x" * 75)}),
    (Kind.BUDGET, BN, {BN: longer(BN, "স" * 40)}),
    (Kind.BUDGET, CITIZEN_EN, {CITIZEN_EN: "{{ reference }} " + "[" * 145 + "\n"}),
    (Kind.BUDGET, CITIZEN_BN, {CITIZEN_BN: "স" * 49 + "{{ reference }}😀" + "স" * 66 + "\n"}),
    (Kind.ENCODING, CITIZEN_EN, {CITIZEN_EN: "Your “matter” {{ reference }}\n"}),
    # Registration with the operators.
    (Kind.UNREGISTERED, EN, {DLT: without(DLT, EN)}),
    (Kind.NO_FILE, "en/officer_old.sms.j2", {DLT: GOOD[DLT].replace(HI, "en/officer_old.sms.j2"), HI: None}),
    (Kind.MALFORMED, EN, {DLT: registered(DLT, EN, dlt_template_id="110700000000000000")}),
    (Kind.MALFORMED, EN, {DLT: registered(DLT, EN, sender_id="WB")}),
    (Kind.MALFORMED, EN, {DLT: registered(DLT, EN, approvd=True)}),
    (
        Kind.MALFORMED,
        EN,
        {DLT: GOOD[DLT] + "en/officer_new.sms.j2:" + GOOD[DLT].split(f"{EN}:")[1].split("\nhi")[0]},
    ),
    (Kind.DUPLICATE, EN, {DLT: registered(DLT, BN, dlt_template_id="1107000000000000000")}),
    (Kind.VARIABLES, EN, {DLT: registered(DLT, EN, variables=["category", "reference", "due", "link"])}),
    (
        Kind.VARIABLES,
        EN,
        {DLT: registered(DLT, EN, variables=["reference", "category", "due", "link", "due"])},
    ),
    (Kind.VARIABLES, CITIZEN_EN, {CITIZEN_EN: "Your matter {{ reference }}, that is {{ reference }}\n"}),
    (Kind.VARIABLES, CITIZEN_EN, {CITIZEN_EN: "Your matter is registered.\n"}),
    (Kind.VARIABLES, CITIZEN_EN, {CITIZEN_EN: "Your matter {{ lead }}\n"}),
    (Kind.SLOTS, EN, {DLT: registered(DLT, EN, slots={"link": 2})}),
    (Kind.SLOTS, EN, {DLT: registered(DLT, EN, slots={"link": 3, "category": 2})}),
    (Kind.SLOTS, CITIZEN_EN, {DLT: registered(DLT, CITIZEN_EN, slots={"link": 2})}),
    (Kind.NOT_PLAIN, CITIZEN_EN, {CITIZEN_EN: "Your matter {% if emergency %}x{% endif %}{{ reference }}\n"}),
    (Kind.NOT_PLAIN, CITIZEN_EN, {CITIZEN_EN: "Your matter {{ reference | lower }}\n"}),
    (Kind.NOT_PLAIN, CITIZEN_EN, {CITIZEN_EN: "Your matter {{ reference\n"}),
    # Links and numbers.
    (Kind.LINK, CITIZEN_EN, {CITIZEN_EN: "Your matter {{ reference }}: https://cmo.example/see\n"}),
    (Kind.LINK, CITIZEN_EN, {CITIZEN_EN: "Your matter {{ reference }}: see wb.gov.in/cmo.\n"}),
    (Kind.LINK, CITIZEN_EN, {CITIZEN_EN: "Your matter {{ reference }}: www.wb.gov.in\n"}),
    (
        Kind.LINK,
        CITIZEN_EN,
        {CITIZEN_EN: f"Your matter {{{{ reference }}}}: {BASE.replace('s:', ':')}/v1/ack\n"},
    ),
    (Kind.LINK, CITIZEN_EN, {CITIZEN_EN: f"Your matter {{{{ reference }}}}: {BASE}/v1/see?t=1\n"}),
    (Kind.LINK, WHATSAPP, {WHATSAPP: longer(WHATSAPP, " Look at HTTP://x.example/v1/ack?t=1 soon.")}),
    (Kind.LINK, MAIL, {MAIL: GOOD[MAIL].replace("{{ link }}", "https://elsewhere.example/v1/ack")}),
    (Kind.PHONE, CITIZEN_EN, {CITIZEN_EN: "Your matter {{ reference }}: call 9830012345.\n"}),
    (Kind.PHONE, CITIZEN_EN, {CITIZEN_EN: "Your matter {{ reference }}: call 91370 91371.\n"}),
    (Kind.PHONE, CITIZEN_BN, {CITIZEN_BN: "আপনার বিষয় {{ reference }}, ফোন ৯৮৩০০১২৩৪৫।\n"}),
    (Kind.PHONE, VOICE, {VOICE: "Please call 112 about {{ category }}.\n"}),
    # Words.
    (Kind.SCRIPT, CITIZEN_BN, {CITIZEN_BN: "আপনার विषय {{ reference }}\n"}),
    (Kind.SCRIPT, CITIZEN_BN, {CITIZEN_BN: "আপনার matter {{ reference }}\n"}),
    (Kind.SCRIPT, HI, {HI: "আপনার বিষয় {{ reference }}\n"}),
    (Kind.SCRIPT, VOICE, {VOICE: "অভিযোগ {{ category }}\n"}),
    (
        Kind.SCRIPT,
        "bn/officer_new.mail.j2",
        {"bn/officer_new.mail.j2": GOOD[MAIL].replace("{{ summary }} ", "")},
    ),
    (
        Kind.SCRIPT,
        "bn/officer_new.mail.subject.j2",
        {"bn/officer_new.mail.subject.j2": "अभियोग {{ reference }}\n"},
    ),
    (Kind.SCRIPT, "ta/cell_new.mail.j2", {"ta/cell_new.mail.j2": "x\n"}),
    (Kind.NOT_NFC, CITIZEN_EN, {CITIZEN_EN: unicodedata.normalize("NFD", "Your matière {{ reference }}\n")}),
    (Kind.SPACES, CITIZEN_EN, {CITIZEN_EN: "Your matter \n{{ reference }}\n"}),
    (Kind.SPACES, MAIL, {MAIL: GOOD[MAIL].replace("%}\n", "%}\t\n")}),
    (Kind.SPACES, CITIZEN_EN, {CITIZEN_EN: "Your matter {{ reference }}\r\n"}),
    # Languages.
    (Kind.LANGUAGE, HI, {HI: None, DLT: without(DLT, HI)}),
    (Kind.LANGUAGE, BN, {BN: None, DLT: without(DLT, BN)}),
    (Kind.LANGUAGE, "bn/officer_new.mail.j2", {"bn/officer_new.mail.j2": None}),
    (Kind.LANGUAGE, VOICE, {VOICE: None}),
    (Kind.LANGUAGE, EN.replace("new", "late"), {ALERTS: GOOD[ALERTS] + "Escalated,sms,officer_late\n"}),
    (Kind.NO_FILE, "cell_late.mail.j2", {ALERTS: GOOD[ALERTS] + "Escalated,email,cell_late\n"}),
    # Whose data. What is told by telephone is read by whoever holds it.
    *(
        (Kind.PERSONAL, VOICE, {VOICE: f"A grievance: {{{{ {name} }}}}\n"})
        for name in ("caller_phone", "caller_name")
    ),
    (Kind.PERSONAL, SUBJECT, {SUBJECT: "Grievance {{ summary }}\n"}),
    (
        Kind.PERSONAL,
        EN,
        {EN: "{{ caller_phone }}\n", DLT: registered(DLT, EN, variables=["caller_phone"], slots={})},
    ),
    (
        Kind.PERSONAL,
        WHATSAPP,
        {WHATSAPP: "Of {{ caller_phone }}.\n", META: registered(META, WHATSAPP, parameters=["caller_phone"])},
    ),
    (Kind.UNKNOWN_VARIABLE, VOICE, {VOICE: "A grievance: {{ matter }}\n"}),
    (Kind.NOT_PLAIN, MAIL, {MAIL: GOOD[MAIL].replace("{{ summary }}", "{{ matter }}")}),
    (Kind.NOT_PLAIN, MAIL, {MAIL: GOOD[MAIL].replace("extends layout", "extends 'nothing.j2'")}),
    # It can be filled as long as there is something to fill it with.
    (Kind.NOT_PLAIN, MAIL, {MAIL: GOOD[MAIL].replace("{{ summary }}", "{{ details.splitlines()[0] }}")}),
    (Kind.NOT_PLAIN, SUBJECT, {SUBJECT: "Grievance\n{{ reference }}\n"}),
    # Meta.
    (Kind.UNREGISTERED, WHATSAPP, {META: without(META, WHATSAPP)}),
    (
        Kind.NO_FILE,
        "en/officer_old.whatsapp.j2",
        {META: GOOD[META] + "en/officer_old.whatsapp.j2: {name: x, language: en, parameters: []}\n"},
    ),
    (Kind.MALFORMED, WHATSAPP, {META: registered(META, WHATSAPP, name="Officer new")}),
    (
        Kind.DUPLICATE,
        WHATSAPP,
        {META: registered(META, WHATSAPP, language="bn", parameters=["reference", "due"])},
    ),
    (Kind.VARIABLES, WHATSAPP, {META: registered(META, WHATSAPP, parameters=["due", "reference"])}),
    (Kind.VARIABLES, WHATSAPP, {META: registered(META, WHATSAPP, parameters=["reference"])}),
    (Kind.META, WHATSAPP, {WHATSAPP: "{{ reference }} is with you until {{ due }}.\n"}),
    (Kind.META, WHATSAPP, {WHATSAPP: "With you is {{ reference }} until {{ due }}\n"}),
    (Kind.META, WHATSAPP, {META: registered(META, WHATSAPP, language="hi")}),
    (Kind.META, WHATSAPP, {META: registered(META, WHATSAPP, button="Acknowledge that it came here")}),
    (Kind.NOT_PLAIN, WHATSAPP, {WHATSAPP: GOOD[WHATSAPP].replace("{{ due }}", "{{ due | upper }}")}),
    (Kind.TOO_LONG, WHATSAPP, {WHATSAPP: longer(WHATSAPP, " x" * 500)}),
    (Kind.TOO_LONG, VOICE, {VOICE: longer(VOICE, " x" * 3000)}),
]
# What comes with it, since one slip is several.
COMES_WITH = {
    Kind.DUPLICATE: {Kind.META},
    Kind.META: {Kind.PERSONAL},
    Kind.NOT_NFC: {Kind.ENCODING},
    Kind.NO_FILE: {Kind.LANGUAGE},
}


@pytest.mark.parametrize(("kind", "path", "changed"), CASES)
def test_each_slip_is_found_and_nothing_else(
    tmp_path: Path, kind: Kind, path: str, changed: Mapping[str, str | None]
) -> None:
    found = found_in(tmp_path, changed)
    assert path in found.get(kind, set())
    assert found.keys() - {kind} <= COMES_WITH.get(kind, set())


def test_each_kind_has_its_case() -> None:
    assert {kind for kind, _, _ in CASES} == set(Kind)


def test_what_a_caller_wrote_can_have_lines_which_meta_does_not_take(tmp_path: Path) -> None:
    changed = {
        WHATSAPP: "It says: {{ details }}.\n",
        META: registered(META, WHATSAPP, parameters=["details"]),
    }
    assert found_in(tmp_path, changed).keys() == {Kind.PERSONAL, Kind.META, Kind.TOO_LONG}


def test_the_longest_branch_counts(tmp_path: Path) -> None:
    text = GOOD[CITIZEN_EN].strip() + "{% if emergency %}" + " x" * 125 + "{% endif %}\n"
    assert found_in(tmp_path, {CITIZEN_EN: text}).keys() == {Kind.BUDGET, Kind.NOT_PLAIN}


def test_a_single_value_outside_of_the_alphabet_counts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A short one, which is not the longest."""
    known = domains("en", "https://ssm.wb.example")
    monkeypatch.setattr(
        "infra.messages.check.domains",
        lambda *_: {**known, "category": (*known["category"], "Café ௹")},
    )
    assert Kind.ENCODING in found_in(tmp_path, {})


def test_a_real_base_url_is_checked_too() -> None:
    longest = rules().public_base_url_length
    assert len(example_base_url(longest)) == longest
    assert check(read(), "https://ssm.wb.example") == []
    assert {one.kind for one in check(read(), example_base_url(longest + 1))} == {Kind.TOO_LONG, Kind.SLOTS}
    # The API's own address has some sixty.
    over = [one.path for one in check(read(), example_base_url(60)) if one.kind is Kind.BUDGET]
    assert "bn/officer_emergency.sms.j2" in over


def test_a_token_is_as_long_as_a_real_one() -> None:
    assert len(SystemIdentifiers().secret_token()) == len(TOKEN)


def test_the_command_says_what_is_wrong_and_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = typer.Typer()
    app.command()(command.main)
    monkeypatch.setattr(command, "read", lambda: read(tmp_path))
    found_in(tmp_path, {})
    ended = CliRunner().invoke(app)
    assert (ended.exit_code, ended.output) == (0, "12 message files are as they must be\n")
    found_in(tmp_path, {CITIZEN_EN: "Your matter \n{{ reference }}\n"})
    ended = CliRunner().invoke(app)
    assert ended.exit_code == 1
    assert "en/citizen_new.sms.j2: spaces at the end of a line: line 1" in ended.output


def test_messages_that_ship_are_all_read() -> None:
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*.j2")}
    left_out = files - read().files.keys()
    assert {path for path in left_out if not path.startswith("ack/")} == {
        *(f"{language}/layout.mail.{form}.j2" for language in ("bn", "en") for form in ("html", "txt")),
        *(f"en/layout_of_list.mail.{form}.j2" for form in ("html", "txt")),
        "en/reconciliation.words.j2",
    }
