"""Templates of a folder, filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from infra.messages.catalogue import Form, MessageFile
from infra.messages.structure import variables_of
from infra.messages.values import Domain, fillings, longest, shortest
from infra.messages.values_of_lists import LISTS

_FLAGS = ("emergency", "for_information", "role")


class Filler:
    """Fills the templates of a folder as ``functions.adapters.messages`` fills those that ship.

    Args:
        folder: laid out as ``functions/messages``.
    """

    def __init__(self, folder: Path) -> None:
        self._of = {
            is_html: Environment(
                loader=FileSystemLoader(folder),
                undefined=StrictUndefined,
                autoescape=select_autoescape(default=is_html),
            )
            for is_html in (False, True)
        }

    def texts(self, file: MessageFile, known: Mapping[str, Domain]) -> Iterator[str]:
        """A message in all the ways that matter: of a short one all that can be longest, in every branch.

        Mails have no limit to their length: they are filled whole and as bare as can be.

        Raises:
            jinja2.TemplateError: it cannot be filled.
            NotPlainError: it cannot be read.
        """
        if file.form.is_short:
            for values in fillings(variables_of(file.source), known):
                yield self.render(file, values)
            return
        flags = {name: domain for name, domain in known.items() if name in _FLAGS}
        for extreme in (longest(known), shortest(known)):
            for values in fillings(flags, known):
                for of_lists in LISTS.get(file.name, ({},)):
                    yield from self.mail(file, extreme | values | dict(of_lists)).values()

    def mail(self, file: MessageFile, values: Mapping[str, object]) -> Mapping[Form, str]:
        """A file of a mail as text and, where it makes both, as HTML."""
        if file.form is not Form.MAIL:
            return {file.form: self.render(file, values)}
        layout = "layout_of_list" if file.name in LISTS else "layout"
        return {
            Form.MAIL_TEXT: self.render(file, {**values, "layout": f"{file.language}/{layout}.mail.txt.j2"}),
            Form.MAIL_HTML: self.render(
                file, {**values, "layout": f"{file.language}/{layout}.mail.html.j2"}, is_html=True
            ),
        }

    def render(self, file: MessageFile, values: Mapping[str, object], *, is_html: bool = False) -> str:
        """A filled template."""
        is_html = is_html or file.form is Form.MAIL_HTML
        return self._of[is_html].get_template(file.path).render(values).strip()
