"""Records the board of a real run as one animated SVG."""

from __future__ import annotations

import io
import re
import time  # noqa: TID251 - a picture each second
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import MONOKAI

from local.demo.board import frame
from local.demo.news import News
from local.demo.play import Scene

_WIDTH, _HEIGHT = 116, 34
_CELL, _LINE = 8.2, 18.0
_MARGIN = 14
_INTERVAL, _SHOWN = 1.0, 0.6
"""Seconds between two pictures, and how long each is shown: somewhat faster than life."""
_INDIC = "\u0900-\u0dff\u200c\u200d"
_RUN = re.compile(f"[^{_INDIC}]+|[{_INDIC}]+(?: +[{_INDIC}]+)*")
"""Text of one script: each has a width of its own in a terminal."""
_LAST_PAGES = 5.0
"""Seconds that each part of the last page stays."""

_HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}"
     role="img" aria-label="{label}">
<style>
text {{ font: 13.6px "DejaVu Sans Mono", Menlo, Consolas, "Noto Sans Bengali",
             "Noto Sans Devanagari", monospace;
       white-space: pre; fill: {ink}; }}
.f {{ visibility: hidden; animation: {total:.1f}s step-end infinite; }}
{timing}
{styles}
</style>
<rect width="100%" height="100%" rx="8" fill="{paper}"/>
<defs>
"""


class Recorder:
    """Takes a picture each second.

    Args:
        label: What the picture shows, for whoever does not see it.
    """

    def __init__(self, label: str) -> None:
        self._label = label
        self._console = Console(
            width=_WIDTH,
            height=_HEIGHT,
            file=io.StringIO(),
            force_terminal=True,
            color_system="truecolor",
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )
        self._frames: list[tuple[list[list[Segment]], float]] = []
        self._last = 0.0

    @property
    def width(self) -> int:
        """Columns of a picture."""
        return _WIDTH

    def see(self, scene: Scene) -> None:
        """See ``play.Audience.see``."""
        now = time.monotonic()
        if now - self._last >= _INTERVAL:
            self._last = now
            self._take(frame(scene, _WIDTH, _HEIGHT), _SHOWN)

    def hear(self, item: News) -> None:
        """See ``play.Audience.hear``."""

    def turn_over(self, parts: Iterable[RenderableType]) -> None:
        """Takes pictures of the last page, as many of its parts in each as there is room for."""
        lines: list[list[Segment]] = []
        for part in parts:
            fresh = self._console.render_lines(part, pad=False)
            if lines and len(lines) + len(fresh) > _HEIGHT:
                self._frames.append((lines, _LAST_PAGES))
                lines = []
            lines += fresh[: _HEIGHT - len(lines)]
        self._frames.append((lines, _LAST_PAGES))

    def write(self, path: Path) -> None:
        """Writes the animation."""
        path.write_text(_svg(self._frames, self._label), encoding="utf-8")

    def _take(self, picture: RenderableType, seconds: float) -> None:
        self._frames.append((self._console.render_lines(picture, pad=False)[:_HEIGHT], seconds))


def _svg(frames: Sequence[tuple[list[list[Segment]], float]], label: str) -> str:
    """Each line is drawn once, however many pictures show it."""
    lines: dict[str, int] = {}
    styles: dict[str, str] = {}
    pictures: list[list[int]] = []
    for picture, _ in frames:
        drawn = [_line(line, styles) for line in picture]
        pictures.append([lines.setdefault(line, len(lines)) for line in drawn])
    total = sum(seconds for _, seconds in frames)
    parts = [
        _HEAD.format(
            width=_WIDTH * _CELL + 2 * _MARGIN,
            height=_HEIGHT * _LINE + 2 * _MARGIN,
            label=escape(label),
            ink=MONOKAI.foreground_color.hex,
            paper=MONOKAI.background_color.hex,
            total=total,
            timing=_timing([seconds for _, seconds in frames], total),
            styles="\n".join(f".{name} {{ {rule} }}" for rule, name in styles.items()),
        )
    ]
    parts += [f'<g id="l{number}">{line}</g>\n' for line, number in lines.items() if line]
    parts.append("</defs>\n")
    empty = lines.get("")
    for number, rows in enumerate(pictures):
        uses = "".join(
            f'<use href="#l{line}" y="{_MARGIN + row * _LINE:.0f}"/>'
            for row, line in enumerate(rows)
            if line != empty
        )
        parts.append(f'<g class="f" style="animation-name:f{number}">{uses}</g>\n')
    parts.append("</svg>\n")
    return "".join(parts)


def _timing(durations: Sequence[float], total: float) -> str:
    rules, at = [], 0.0
    for number, seconds in enumerate(durations):
        begin, end = 100 * at / total, 100 * (at + seconds) / total
        before = "0% { visibility: hidden } " if number else ""
        after = f"{end:.3f}% {{ visibility: hidden }} " if number < len(durations) - 1 else ""
        rules.append(f"@keyframes f{number} {{ {before}{begin:.3f}% {{ visibility: visible }} {after}}}")
        at += seconds
    return "\n".join(rules)


def _line(line: Sequence[Segment], styles: dict[str, str]) -> str:
    """A line's text; each stretch has its place and width, so that columns stand in any font."""
    drawn, column = [], 0
    for segment in Segment.simplify(line):
        kind = _class(segment.style, styles)
        for text in _RUN.findall(segment.text.rstrip("\n")):
            body = text.strip(" ")
            lead = len(text) - len(text.lstrip(" "))
            if body:
                drawn.append(
                    f'<text{kind} x="{_MARGIN + (column + lead) * _CELL:.1f}" y="13" '
                    f'textLength="{cell_len(body) * _CELL:.1f}" lengthAdjust="spacingAndGlyphs">'
                    f"{escape(body)}</text>"
                )
            column += cell_len(text)
    return "".join(drawn)


def _class(style: Style | None, styles: dict[str, str]) -> str:
    rules = []
    if style and style.color:
        rules.append(f"fill: {style.color.get_truecolor(MONOKAI).hex}")
    if style and style.bold:
        rules.append("font-weight: bold")
    if style and style.dim:
        rules.append("opacity: .6")
    if not rules:
        return ""
    name = styles.setdefault("; ".join(rules), f"s{len(styles)}")
    return f' class="{name}"'
