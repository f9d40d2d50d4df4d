"""Words of danger: heard in the languages of the callers, and not in ordinary matters."""

import csv
import time  # noqa: TID251 - how long it takes is what is measured
from pathlib import Path
from typing import Any

import pytest
import yaml

from functions.adapters.bundled import registers
from functions.domain import checks
from functions.domain.record import Emergency, Kind, Record, Subject
from functions.domain.text import clean
from tests.builders import registered

REGISTERS = registers()
SENTENCES = tuple(
    csv.DictReader(
        (Path(__file__).parent / "data" / "emergency_sentences.csv").read_text(encoding="utf-8").splitlines()
    )
)
CALLS = yaml.safe_load((Path(__file__).parents[2] / "samples" / "calls.yaml").read_text(encoding="utf-8"))


def codes(record: Record) -> list[str]:
    return [finding.code for finding in checks.run(record, REGISTERS, records_lately=1)]


def said(text: str, *, category: str | None = None, reason: str | None = None) -> list[str]:
    subject = Subject(department="PRD", district="320", category=category, summary=text)
    record = registered(subject=subject)
    emergency = Emergency(reason=reason) if reason else None
    return codes(record.model_copy(update={"emergency": emergency}))


def _of_samples(*, emergency: bool) -> list[Record]:
    return [
        _record(call["record"])
        for call in CALLS
        if "subject" in call["record"]
        and call["expect"] != "refused-422"
        and bool(call["record"].get("emergency")) is emergency
    ]


def _record(body: dict[str, Any]) -> Record:
    record = registered(subject=Subject.model_validate(body["subject"]))
    emergency = Emergency(reason=body["emergency"]["reason"]) if body.get("emergency") else None
    return record.model_copy(update={"emergency": emergency, "kind": Kind(body["kind"])})


@pytest.mark.parametrize(
    "record", _of_samples(emergency=True), ids=lambda record: record.subject.summary[:20]
)
def test_no_emergency_of_the_samples_is_doubtful_and_each_would_be_heard_unflagged(record: Record) -> None:
    assert "doubtful-emergency" not in codes(record)
    assert record.subject
    # By its words alone, without the help of its category.
    bare = record.subject.model_copy(update={"category": None})
    assert "possible-emergency" in codes(record.model_copy(update={"emergency": None, "subject": bare}))


def test_no_ordinary_call_of_the_samples_is_taken_for_an_emergency() -> None:
    ordinary = _of_samples(emergency=False)
    assert len(ordinary) > 50
    assert [record.subject for record in ordinary if "possible-emergency" in codes(record)] == []


def test_the_subjects_of_the_samples_that_are_not_taken_up_are_those_that_analysts_turned_down() -> None:
    noticed = [
        call["record"]["record_id"]
        for call in CALLS
        if call["expect"] == "rejected" and "not-taken-up" in codes(_record(call["record"]))
    ]
    assert len(noticed) == sum(call["expect"] == "rejected" for call in CALLS) == 4
    every = [record for record in _of_samples(emergency=False) if "not-taken-up" in codes(record)]
    assert len(every) == 4


@pytest.mark.parametrize(
    "text",
    [
        "বাঁধ ভেঙে গ্রামে জল ঢুকছে, সবাই ছাদে উঠেছে",
        "প্রতিবেশীরা প্রাণনাশের হুমকি দিচ্ছে আজ রাতেই আসবে বলেছে",
        "দয়া করে বাঁচান আমাদের বাড়িতে আগুন লেগেছে এখনই",
        "ছেলেকে সাপে কামড়েছে, হাসপাতালে ইঞ্জেকশন নেই বলছে",
        "বাজারে আগুন লেগে গেছে, দমকল এখনও আসেনি",
        "पड़ोसी जान से मारने की धमकी दे रहे हैं आज",
        "घर में आग लग गई है कोई नहीं आ रहा",
        "बच्चे को साँप ने काटा है, एम्बुलेंस नहीं मिल रही",
        "The embankment has broke and our houses are under water",
        "My neighbour WILL KILL me, he has said so twice",
        "Two boys are drowning in the canal behind the school",
        "dada bachao, amader ghore agun, keu asche na",
        "bandh bhenge gechhe, sobai dube jacche",
        "ghar mein aag lag gayi hai jaldi bhejiye",
        "हाम्रो घरमा आगो लाग्यो, छिटो आउनुहोस् है",
    ],
)
def test_danger_to_life_is_heard_in_every_language(text: str) -> None:
    assert "possible-emergency" in said(text)
    # GIVEN it is flagged THEN there is nothing doubtful about it, whatever its category
    assert "doubtful-emergency" not in said(text, category="road-village", reason="যেমন বলা হয়েছে তেমন")


@pytest.mark.parametrize(
    "text",
    [
        "The ration dealer is studying our cards for the third week now",
        "The skilled workers were not paid for three months by the contractor",
        "The fire brigade has no station within thirty kilometres of our town",
        "Our crops are dying since the canal has no water this year",
        "They ask for the beti bachao beti padhao form at the block office",
        "The ambulance of our ward is out of order for three weeks",
        "রেশন দোকানে চাল কম দিচ্ছে, বললে কথা শোনে না",
        "গত বছর বাড়িতে আগুন লেগেছিল, ক্ষতিপূরণ এখনও পাইনি",
        "আমাদের পাড়ার নদী বাঁচান, সবাই জঞ্জাল ফেলছে নদীতে",
        "সবজির দামে আগুন, বাজারে নজরদারি দরকার",
        "আমার আবেদন চাপা পড়ে আছে ছয় মাস ধরে",
        "বর্ষায় রাস্তা জলে ডুবে থাকে, স্কুলে যাওয়া যায় না",
        "অ্যাম্বুল্যান্স ঢোকার মতো রাস্তা নেই আমাদের গ্রামে",
        "হাসপাতালে অক্সিজেন প্লান্ট বসানোর কাজ কবে শেষ হবে",
        "স্বামী মারা গেছেন, মৃত্যুর শংসাপত্র পাচ্ছি না",
        "राशन की दुकान पर चावल कम दे रहे हैं हर बार",
        "बेटी बचाओ योजना का फ़ॉर्म कहाँ मिलेगा बताइए",
        "पिछले साल आग में दुकान जल गई थी, मुआवज़ा नहीं मिला",
        "bazare sobjir daam agun, keu dekhe na",
    ],
)
def test_ordinary_matters_are_not_taken_for_danger(text: str) -> None:
    assert "possible-emergency" not in said(text)


@pytest.mark.parametrize(
    "sentence",
    [one for one in SENTENCES if one["emergency"] == "yes"],
    ids=lambda one: f"{one['kind']}-{one['language']}",
)
def test_an_emergency_of_every_kind_is_heard_however_it_is_told(sentence: dict[str, str]) -> None:
    assert "possible-emergency" in said(sentence["text"])
    # GIVEN it is flagged with a reason that says nothing THEN its own words bear the flag out
    assert "doubtful-emergency" not in said(sentence["text"], category="road-village", reason="very urgent")


@pytest.mark.parametrize(
    "sentence",
    [one for one in SENTENCES if one["emergency"] == "no"],
    ids=lambda one: one["language"],
)
def test_an_ordinary_matter_with_words_of_danger_near_by_is_not_taken_for_one(
    sentence: dict[str, str],
) -> None:
    assert "possible-emergency" not in said(sentence["text"])
    # GIVEN it is flagged with a reason that says nothing THEN the flag is doubtful
    assert "doubtful-emergency" in said(sentence["text"], category="road-village", reason="very urgent")


def test_the_sentences_are_many_and_of_every_language() -> None:
    heard = [one for one in SENTENCES if one["emergency"] == "yes"]
    assert len(heard) > 400
    assert len(SENTENCES) - len(heard) > 200
    assert {one["language"] for one in heard} == {"bn", "bn-Latn", "en", "hi", "hi-Latn", "ne"}
    for kind in {one["kind"] for one in heard}:
        assert {"bn", "en", "hi"} <= {one["language"] for one in heard if one["kind"] == kind}


def test_some_words_speak_of_danger_in_their_category_only() -> None:
    text = "কাল থেকে তার ছিঁড়ে পড়ে আছে রাস্তার উপরে"
    assert "possible-emergency" in said(text, category="electricity")
    assert "possible-emergency" in said(text)
    assert "possible-emergency" not in said(text, category="school-education")


def test_a_category_whose_matters_are_emergencies_as_a_rule_is_enough_for_a_hint() -> None:
    assert "possible-emergency" in said("কাল রাত থেকে আমরা খুব ভয়ে ভয়ে আছি", category="threat-to-life")
    assert "possible-emergency" not in said("কাল রাত থেকে আমরা আলো ছাড়া আছি", category="electricity")


@pytest.mark.parametrize(("category", "doubtful"), [("ration", True), (None, True), ("electricity", False)])
def test_a_flag_is_doubtful_where_neither_text_nor_category_suggests_an_emergency(
    category: str | None,
    doubtful: bool,  # noqa: FBT001 - pytest hands it in
) -> None:
    found = said("তিন মাস ধরে আমাদের কার্ড চালু হচ্ছে না", category=category, reason="আজই চালু করে দিতে হবে")
    assert ("doubtful-emergency" in found) is doubtful


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "My 14 year old daughter needs your help in a police matter",
            "Rape of a minor, accused is at large",
        ),
        ("The roof of the primary school fell on the children at noon", "Four are under it"),
        ("পাশের বাড়িতে কী হচ্ছে আপনারা এসে দেখুন", "নাবালিকার বিয়ে, আজ রাতে লগ্ন"),
        ("गाँव में जो हो रहा है उसे रोकिए", "बाल विवाह है, बारात आज रात आएगी"),
        ("The officer did not listen to what my mother told him", "She is a patient in a critical state"),
        ("আমাদের কথা থানায় কেউ শুনছে না", "অভিযুক্তরা হুমকি দিয়ে ঘুরছে"),
    ],
)
def test_a_reason_that_says_why_takes_the_doubt_from_a_flag(text: str, reason: str) -> None:
    assert "doubtful-emergency" not in said(text, category="road-village", reason=reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The road of our village has potholes since June", "urgent"),
        ("The road of our village has potholes since June", "Very urgent, please do it at once"),
        ("তিন মাস ধরে রাস্তায় গর্ত, কেউ সারায় না", "খুব জরুরি, এখনই সারাতে হবে"),
        ("सड़क में गड्ढे हैं कोई नहीं सुनता", "बहुत ज़रूरी है, आज ही करवाइए"),
        # What is said in passing bears no flag out: nobody is a patient here.
        ("The road to the hospital has potholes since June", "It is the third time I ring"),
    ],
)
def test_a_flag_that_nothing_bears_out_is_doubtful(text: str, reason: str) -> None:
    assert "doubtful-emergency" in said(text, category="road-village", reason=reason)


@pytest.mark.parametrize(
    "said_again_and_again",
    ["ছয় মাস ধরে টাকা ঢুকছে না ", "মেয়ে ছেলে শিশু হাতি নদী ", "my son the boy my daughter people ", "x", "x "],
)
def test_a_text_of_any_kind_is_checked_within_a_moment(said_again_and_again: str) -> None:
    text = (said_again_and_again * 5000)[:4990]
    record = registered(subject=Subject(department="PRD", district="320", summary="রাস্তা", details=text))
    taken = []
    for _ in range(3):
        since = time.process_time()
        checks.run(record, REGISTERS, records_lately=1)
        taken.append(time.process_time() - since)
    # No benchmark: it takes some five milliseconds; what runs back and forth over a text takes many seconds.
    assert min(taken) < 1


def test_the_words_are_as_clean_as_what_they_are_looked_for_in() -> None:
    path = Path(__file__).parents[2] / "functions" / "registers" / "emergency_words.csv"
    text = path.read_text(encoding="utf-8")
    assert clean(text) == text
