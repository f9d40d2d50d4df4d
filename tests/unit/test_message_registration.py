"""A message goes out as it is registered: operators drop one whose fixed text is another, Meta refuses it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.adapters.bundled import registers
from functions.adapters.messages import render
from functions.domain import reference as references
from functions.wire import told
from infra.messages.catalogue import DltEntry, Form, MessageFile, read
from infra.messages.registration import dlt_text, pattern, whatsapp_text
from infra.messages.rules import rules
from infra.messages.structure import Fixed, NotPlainError, Variable, pieces

CATALOGUE = read()
SMS = sorted(
    path for path, file in CATALOGUE.files.items() if file.form is Form.SMS and path in CATALOGUE.dlt
)
WHATSAPP = sorted(path for path, file in CATALOGUE.files.items() if file.form is Form.WHATSAPP)

KEY = b"0123456789abcdef"
REFERENCES = st.text(min_size=1, max_size=20).map(lambda told: references.derive(KEY, "call-centre", told))
TOKENS = st.from_regex(r"[A-Za-z0-9_-]{22}", fullmatch=True)
BASES = st.from_regex(r"https://[a-z0-9.-]{1,20}", fullmatch=True)


def names(language: str, kind: str) -> st.SearchStrategy[str]:
    known = registers()
    return {
        "category": st.sampled_from([one.name_in(language) for one in known.categories.values()]),
        "office": st.sampled_from([one.name_in(language) for one in known.offices.values()]),
    }[kind]


def values_of(file: MessageFile, entry: DltEntry) -> st.SearchStrategy[dict[str, str]]:
    """Real values of an SMS's variables."""
    of = {
        "reference": REFERENCES,
        "lead": REFERENCES,
        "due": st.datetimes(
            datetime(2026, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
            datetime(2035, 1, 1),  # noqa: DTZ001 - likewise
            timezones=st.just(UTC),
        ).map(told),
        "link": st.builds("{}/v1/ack?t={}".format, BASES, TOKENS),
    }
    return st.fixed_dictionaries(
        {
            name: of[name] if name in of else names(file.language, name)
            for name in dict.fromkeys(entry.variables)
        }
    )


def anything_for(entry: DltEntry) -> st.SearchStrategy[dict[str, str]]:
    """Whatever a variable may hold, with what Jinja and HTML would make something else of."""
    letters = st.characters(categories=["L", "M", "N", "P", "S"])
    some = st.sampled_from("{}%#&<>\"'\\ ")
    return st.fixed_dictionaries(
        {
            name: st.text(letters | some, max_size=rules().dlt.variable_length * entry.slots_of(name))
            .map(str.strip)
            .filter(bool)
            for name in dict.fromkeys(entry.variables)
        }
    )


def held_to_its_registration(path: str, values: dict[str, str]) -> None:
    file, entry = CATALOGUE.files[path], CATALOGUE.dlt[path]
    sent = render(path, values)
    parts = pieces(file.source)
    assert pattern(parts, entry, rules().dlt).fullmatch(sent), sent
    assert sent == "".join(part.text if isinstance(part, Fixed) else values[part.name] for part in parts)


@pytest.mark.parametrize("path", SMS)
@settings(max_examples=15)
@given(data=st.data())
def test_an_sms_of_real_values_is_as_registered(path: str, data: st.DataObject) -> None:
    held_to_its_registration(path, data.draw(values_of(CATALOGUE.files[path], CATALOGUE.dlt[path])))


@pytest.mark.parametrize("path", SMS)
@settings(max_examples=15)
@given(data=st.data())
def test_no_value_changes_the_fixed_text_of_an_sms(path: str, data: st.DataObject) -> None:
    held_to_its_registration(path, data.draw(anything_for(CATALOGUE.dlt[path])))


@pytest.mark.parametrize("path", WHATSAPP)
@settings(max_examples=15)
@given(data=st.data())
def test_a_whatsapp_body_is_the_registered_one_with_its_parameters(path: str, data: st.DataObject) -> None:
    parameters = CATALOGUE.whatsapp[path].parameters
    values = {
        name: data.draw(st.text(st.characters(categories=["L", "N"]), min_size=1)) for name in parameters
    }
    registered = whatsapp_text(pieces(CATALOGUE.files[path].source), parameters)
    filled = re.sub(r"\{\{(\d+)\}\}", lambda mark: values[parameters[int(mark[1]) - 1]], registered)
    assert render(path, values) == filled


def test_another_text_is_not_as_registered() -> None:
    entry = DltEntry(dlt_template_id="1" * 19, sender_id="WBSSMG", variables=("reference",), slots={"due": 2})
    held = pattern(pieces("Matter {{ reference }}: by {{ due }}.\n"), entry, rules().dlt)
    assert held.fullmatch("Matter SSM-4821-903-7717: by 02 Dec 2026, 18:00 IST.")
    assert held.fullmatch(f"Matter {'x' * 30}: by {'y' * 60}.")
    for other in (
        "Matter SSM-4821-903-7717, by 02 Dec 2026, 18:00 IST.",
        "Matter SSM-4821-903-7717: by 02 Dec 2026, 18:00 IST. ",
        "Matter : by 02 Dec 2026, 18:00 IST.",
        f"Matter {'x' * 31}: by tomorrow.",
        f"Matter x: by {'y' * 61}.",
        "Matter x\ny: by tomorrow.",
    ):
        assert not held.fullmatch(other)


def test_the_text_to_register_has_a_mark_for_each_slot() -> None:
    entry = DltEntry(
        dlt_template_id="1" * 19, sender_id="WBSSMG", variables=("reference", "link"), slots={"link": 2}
    )
    parts = pieces("Matter {{ reference }}\n{# not said #}{{ link }}\n")
    assert dlt_text(parts, entry, rules().dlt) == "Matter {#var#}\n{#var#}{#var#}"
    assert dlt_text(parts, entry, rules().dlt, tagged=True) == "Matter {#alphanumeric#}\n{#url#}{#url#}"


def test_a_body_to_register_numbers_its_parameters() -> None:
    parts = pieces("{{ a }} and {{ b }}, {{ a }} again\n")
    assert whatsapp_text(parts, ("b", "a")) == "{{2}} and {{1}}, {{2}} again"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("\n a {{ b }} c\n\n", (Fixed("a "), Variable("b"), Fixed(" c"))),
        ("{{ b }}{# c #}{{ d }}", (Variable("b"), Variable("d"))),
        ("a{# c #}b", (Fixed("ab"),)),
        ("{% raw %}{{ b }}{% endraw %}", (Fixed("{{ b }}"),)),
        ("", ()),
    ],
)
def test_a_template_is_taken_apart(source: str, found: tuple[Fixed | Variable, ...]) -> None:
    assert pieces(source) == found


@pytest.mark.parametrize(
    "source", ["{{ a|upper }}", "{% set a = 1 %}{{ a }}", "{{ a.b }}", "{{ 'a' }}", "{{ a"]
)
def test_what_is_more_than_text_and_variables_cannot_be_registered(source: str) -> None:
    with pytest.raises(NotPlainError):
        pieces(source)
