"""The check of all messages in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jinja2 import TemplateError

from functions.adapters.voice import spoken
from infra.messages import checks_of_sms, checks_of_text, checks_of_whatsapp
from infra.messages.catalogue import Catalogue, Form, MessageFile, audience_of
from infra.messages.filling import Filler
from infra.messages.finding import Finding, Kind
from infra.messages.rules import Rules, rules
from infra.messages.structure import NotPlainError, variables_of
from infra.messages.values import Domain, domains, example_base_url


def check(catalogue: Catalogue, public_base_url: str | None = None) -> list[Finding]:
    """Everything that is wrong with the messages of a folder.

    Args:
        catalogue: the folder.
        public_base_url: the deployment's; when left out, one as long as it may be.
    """
    held = rules()
    base = public_base_url or example_base_url(held.public_base_url_length)
    found = [Finding(path, Kind.MALFORMED, detail) for path, detail in catalogue.malformed]
    if len(base) > held.public_base_url_length:
        said = f"{len(base)} characters, {held.public_base_url_length} at the most"
        found.append(Finding(base, Kind.TOO_LONG, said))
    filler = Filler(catalogue.folder)
    known = {language: domains(language, base) for language in held.scripts}
    for file in catalogue.files.values():
        found += _of_file(file, catalogue, filler, known.get(file.language, {}), base)
    found += _of_registrations(catalogue)
    found += _of_languages(catalogue, held)
    return sorted(set(found))


def _of_file(
    file: MessageFile, catalogue: Catalogue, filler: Filler, known: Mapping[str, Domain], base: str
) -> Iterator[Finding]:
    held = rules()
    try:
        yield from checks_of_text.check_source(file, held)
        unknown = variables_of(file.source) - known.keys() if file.form.is_short else frozenset[str]()
        for name in sorted(unknown):
            yield Finding(
                file.path, Kind.UNKNOWN_VARIABLE, f"{name} has no values in infra/messages/values.py"
            )
        if unknown:
            return
        texts = list(filler.texts(file, known))
    except (NotPlainError, TemplateError) as error:
        yield Finding(file.path, Kind.NOT_PLAIN, str(error))
        return
    for text in texts:
        yield from checks_of_text.check_links(file.path, text, file.form, base, held)
    yield from _of_form(file, catalogue, texts, known)


def _of_form(
    file: MessageFile, catalogue: Catalogue, texts: Sequence[str], known: Mapping[str, Domain]
) -> Iterator[Finding]:
    held = rules()
    match file.form:
        case Form.SMS:
            yield from checks_of_sms.check_parts(file, texts, held)
            if file.path in catalogue.dlt:
                yield from checks_of_sms.check_registration(file, catalogue.dlt[file.path], known, held)
        case Form.WHATSAPP:
            yield from checks_of_whatsapp.check_length(file, texts, held)
            if file.path in catalogue.whatsapp:
                entry = catalogue.whatsapp[file.path]
                yield from checks_of_whatsapp.check_registration(file, entry, known, held)
        case Form.VOICE:
            length = max(len(spoken(text)) for text in texts)
            if length > held.voice.body:
                said = f"{length} characters with their markup, {held.voice.body} are taken"
                yield Finding(file.path, Kind.TOO_LONG, said)
        case Form.SUBJECT:
            if any("\n" in text for text in texts):
                yield Finding(file.path, Kind.NOT_PLAIN, "a subject is one line")


def _of_registrations(catalogue: Catalogue) -> Iterator[Finding]:
    malformed = {path for path, _ in catalogue.malformed}
    for form, entries in ((Form.SMS, catalogue.dlt), (Form.WHATSAPP, catalogue.whatsapp)):
        paths = {path for path, file in catalogue.files.items() if file.form is form}
        for path in paths - entries.keys() - malformed:
            yield Finding(path, Kind.UNREGISTERED, "it has no registration")
        for path in entries.keys() - paths:
            yield Finding(path, Kind.NO_FILE, "there is no such file")
    yield from checks_of_sms.check_ids(catalogue)
    yield from checks_of_whatsapp.check_names(catalogue)


def _of_languages(catalogue: Catalogue, held: Rules) -> Iterator[Finding]:
    written = {(file.name, file.form) for file in catalogue.files.values()}
    for name, form in written | catalogue.alerting:
        for language in held.languages.get(audience_of(name), {}).get(form, ()):
            path = f"{language}/{name}.{form}.j2"
            if path not in catalogue.files:
                yield Finding(path, Kind.LANGUAGE, "there is no such file")
        if (name, form) not in written and form not in held.languages.get(audience_of(name), {}):
            yield Finding(f"{name}.{form}.j2", Kind.NO_FILE, "the table of alerts tells with it")
