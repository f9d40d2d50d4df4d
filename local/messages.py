"""The command that prints every message, filled, with what it costs; or what to register of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

import typer
from jinja2 import TemplateError
from rich.console import Console
from rich.table import Table

from infra.messages.catalogue import Catalogue, DltEntry, Form, MessageFile, WhatsAppEntry, read
from infra.messages.filling import Filler
from infra.messages.prices import prices
from infra.messages.registration import dlt_text, whatsapp_text
from infra.messages.rules import rules
from infra.messages.sms import divided
from infra.messages.structure import NotPlainError, pieces
from infra.messages.values import Domain, domains, example_base_url, longest_text, typical
from infra.messages.values_of_lists import LISTS

_CHANNELS = {
    Form.SMS: "sms",
    Form.WHATSAPP: "whatsapp",
    Form.VOICE: "voice",
    Form.SUBJECT: "mail",
    Form.MAIL: "mail",
    Form.MAIL_TEXT: "mail",
    Form.MAIL_HTML: "mail",
}
_PLACEHOLDER = "a placeholder, not yet approved"


def messages(
    template: Annotated[str, typer.Argument(help="Begin of a message's name, such as citizen_.")] = "",
    *,
    language: Annotated[str | None, typer.Option("--in", help="A language: bn, en or hi.")] = None,
    channel: Annotated[str | None, typer.Option(help="sms, whatsapp, voice or mail.")] = None,
    public_base_url: Annotated[
        str | None, typer.Option(help="That of the deployment; when left out, one as long as it may be.")
    ] = None,
    dlt: Annotated[bool, typer.Option("--dlt", help="Print what to register with the operators.")] = False,
    tagged: Annotated[bool, typer.Option("--tagged", help="The same with tags in the text.")] = False,
    meta: Annotated[bool, typer.Option("--meta", help="Print what to register with Meta.")] = False,
) -> None:
    """Prints every message, filled with the longest real values, with its parts and price."""
    catalogue = read()
    chosen = [
        file
        for file in sorted(catalogue.files.values(), key=_order)
        if file.name.startswith(template)
        and language in {None, file.language}
        and channel in {None, _CHANNELS[file.form]}
    ]
    if not chosen:
        typer.echo("messages: there is no such message", err=True)
        raise typer.Exit(1)
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    base = public_base_url or example_base_url(rules().public_base_url_length)
    if dlt or tagged:
        _print_dlt(console, chosen, catalogue, base, tagged=tagged)
    elif meta:
        _print_meta(console, chosen, catalogue, base)
    else:
        _print_filled(console, chosen, Filler(catalogue.folder), base)


def _order(file: MessageFile) -> tuple[str, int, str]:
    return file.name, list(Form).index(file.form), file.language


def _print_filled(console: Console, chosen: Iterable[MessageFile], filler: Filler, base: str) -> None:
    known: dict[str, Mapping[str, Domain]] = {}
    channels: dict[str, None] = {}
    for file in chosen:
        values = known.setdefault(file.language, domains(file.language, base))
        channels[_CHANNELS[file.form]] = None
        try:
            for title, parts in _filled(file, filler, values, base):
                _print_message(console, title, parts)
        except (NotPlainError, TemplateError, KeyError) as error:  # why not, the check tells
            _print_message(console, f"{file.path}: cannot be filled: {error}", ())
    console.print("Prices, without tax:")
    for channel in channels:
        for name in (channel, f"{channel}_unregistered"):
            price = prices().get(name)
            if price is not None:
                as_of = f", as of {price.as_of}" if price.as_of else ""
                console.print(f"  {name}: {price.of(1)} a {price.unit}{as_of}: {price.source}")


def _filled(
    file: MessageFile, filler: Filler, known: Mapping[str, Domain], base: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if file.form is Form.SMS:
        sms = max(map(divided, filler.texts(file, known)), key=lambda one: (len(one.parts), one.places))
        count = f"{len(sms.parts)} {'part' if len(sms.parts) == 1 else 'parts'}"
        cost = prices()["sms"].of(len(sms.parts))
        yield f"{file.path}  {sms.encoding}, {sms.places} places, {count}, {cost}", sms.parts
    elif file.form.is_short:
        text = filler.render(file, typical(file.name, file.language, base))
        price = prices()[file.form]
        cost = price.of(1) if price.unit == "message" else f"{price.of(1)} a {price.unit}"
        yield f"{file.path}  {len(text)} characters, {cost}", (text,)
    else:
        of_lists = LISTS.get(file.name, ({},))[0]
        # The HTML of a mail says what its text says.
        for form, text in filler.mail(file, typical(file.name, file.language, base) | dict(of_lists)).items():
            if form is not Form.MAIL_HTML:
                yield f"{file.path}  {len(text)} characters", (text,)


def _print_message(console: Console, title: str, parts: Iterable[str]) -> None:
    console.print(title, style="bold")
    for number, part in enumerate(parts):
        if number:
            console.print(f"    --- part {number + 1}", style="dim")
        for line in part.splitlines():
            console.print(f"    {line}")
    console.print()


def _print_dlt(
    console: Console, chosen: Iterable[MessageFile], catalogue: Catalogue, base: str, *, tagged: bool
) -> None:
    for file in chosen:
        if file.form is not Form.SMS:
            continue
        entry = catalogue.dlt.get(file.path)
        if entry is None:
            _print_message(console, f"{file.path}: not registered: it has no entry in dlt.yaml", ())
            continue
        try:
            text = dlt_text(pieces(file.source), entry, rules().dlt, tagged=tagged)
        except NotPlainError as error:
            _print_message(console, f"{file.path}: cannot be registered: {error}", ())
            continue
        said = "approved" if entry.approved else _PLACEHOLDER
        _print_message(console, f"{file.path}  {entry.dlt_template_id} {entry.sender_id}, {said}", (text,))
        _print_variables(console, entry, domains(file.language, base))
    links = ", ".join(link.format(public_base_url=base) for link in rules().links)
    console.print(f"To be whitelisted besides: {links}; {', '.join(sorted(rules().phones))}")


def _print_variables(console: Console, entry: DltEntry, known: Mapping[str, Domain]) -> None:
    table = Table("{#var#}", "variable", "tag", "characters", box=None, pad_edge=False)
    table.add_column("example", overflow="fold")
    number = 1
    for name in entry.variables:
        slots = entry.slots_of(name)
        numbers = ", ".join(str(number + slot) for slot in range(slots))
        number += slots
        longest = longest_text(known[name])
        table.add_row(numbers, name, rules().dlt.tag_of(name), f"up to {len(longest)}", longest)
    if entry.variables:
        console.print(table)
        console.print()


def _print_meta(console: Console, chosen: Iterable[MessageFile], catalogue: Catalogue, base: str) -> None:
    for file in chosen:
        if file.form is not Form.WHATSAPP:
            continue
        entry = catalogue.whatsapp.get(file.path)
        if entry is None:
            _print_message(console, f"{file.path}: not registered: it has no entry in whatsapp.yaml", ())
            continue
        said = "approved" if entry.approved else _PLACEHOLDER
        title = f"{file.path}  {entry.name}, {entry.language}, UTILITY, {said}"
        _print_message(console, title, (_meta_form(file, entry, base),))


def _meta_form(file: MessageFile, entry: WhatsAppEntry, base: str) -> str:
    lines = [whatsapp_text(pieces(file.source), entry.parameters)]
    known = domains(file.language, base)
    lines += [
        f"  {{{{{number}}}}} {name}, such as: {longest_text(known[name])}"
        for number, name in enumerate(entry.parameters, 1)
    ]
    if entry.button:
        lines.append(f"  button: {entry.button} -> {base}/v1/ack?t={{{{1}}}}")
    return "\n".join(lines)
