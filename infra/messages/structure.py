"""What a template consists of: fixed text and variables."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

_PARSER = Environment(autoescape=False)  # noqa: S701 - it only parses


class NotPlainError(Exception):
    """A template that is more than fixed text and variables, or none at all; the message says why."""


@dataclass(frozen=True)
class Fixed:
    """Text that every message of a template has."""

    text: str


@dataclass(frozen=True)
class Variable:
    """A place that a value fills."""

    name: str


Piece = Fixed | Variable


def variables_of(source: str) -> frozenset[str]:
    """What a template needs to be given.

    Raises:
        NotPlainError: it cannot be read.
    """
    return frozenset(meta.find_undeclared_variables(_parsed(source)))


def fixed_text(source: str) -> str:
    """The text of a template outside of its expressions, whatever branch it stands in.

    Raises:
        NotPlainError: it cannot be read.
    """
    return "\n".join(node.data for node in _parsed(source).find_all(nodes.TemplateData))


def pieces(source: str) -> tuple[Piece, ...]:
    """The fixed text and the variables of a template in their order, without white space at the ends.

    Raises:
        NotPlainError: it has a branch, a filter or anything else that makes its text another one than the
            fixed one, or it cannot be read.
    """
    found: list[Piece] = []
    for statement in _parsed(source).body:
        if not isinstance(statement, nodes.Output):
            raise NotPlainError(f"line {statement.lineno} has a statement")
        for node in statement.nodes:
            if isinstance(node, nodes.TemplateData):
                found.append(Fixed(node.data))
            elif isinstance(node, nodes.Name):
                found.append(Variable(node.name))
            else:
                raise NotPlainError(f"line {node.lineno} has an expression that is more than a variable")
    return tuple(_stripped(_joined(found)))


def _parsed(source: str) -> nodes.Template:
    try:
        return _PARSER.parse(source)
    except TemplateSyntaxError as error:
        raise NotPlainError(f"line {error.lineno}: {error.message}") from error


def _joined(found: list[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in found:
        before = joined[-1] if joined else None
        if isinstance(piece, Fixed) and isinstance(before, Fixed):
            joined[-1] = Fixed(before.text + piece.text)
        else:
            joined.append(piece)
    return joined


def _stripped(found: list[Piece]) -> list[Piece]:
    if found and isinstance(found[0], Fixed):
        found[0] = Fixed(found[0].text.lstrip())
    if found and isinstance(found[-1], Fixed):
        found[-1] = Fixed(found[-1].text.rstrip())
    return [piece for piece in found if piece != Fixed("")]
