"""What a report is asked to draw, every key checked before anything is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matplotlib import font_manager

from bench.config.checks import axis, bad, finite, flag
from bench.drawing.choices import Choices
from bench.drawing.render import FORMATS
from bench.drawing.style import LEAST, WEB, Style
from bench.errors import unknown
from bench.registry import Registry

GENERIC = ("sans-serif", "serif", "monospace")
MOST_PIXELS = 12_000  # over the width; a PNG of more takes gigabytes to draw


@dataclass(frozen=True, slots=True)
class Drawing:
    """A checked config; unless told otherwise, what a sweep draws."""

    style: Style = WEB
    figures: tuple[str, ...] | None = None  # None: all
    formats: tuple[str, ...] = ("png", "svg")
    choices: Choices = field(default_factory=Choices)


def check(config: Mapping[str, Any], registry: Registry) -> Drawing:
    """What a resolved config asks for; BadInput names the key, the value received and what is allowed."""

    def figure(key: str, name: Any) -> str:
        return str(registry.get("figure", name).name)

    figures = config.get("figures")
    return Drawing(
        _style(config.get("style")),
        None if figures is None else axis("figures", figures, figure),
        axis("format", config.get("format"), _format),
    )


def _format(key: str, name: Any) -> str:
    if name not in FORMATS:
        raise unknown(key, name, FORMATS)
    return str(name)


def _style(value: Any) -> Style:
    if not isinstance(value, Mapping):
        raise bad("style", value, "the name of a style, and its keys as style.width=3.25")
    fields = Style.__dataclass_fields__
    for key in value:
        if key not in fields:
            raise unknown("key", f"style.{key}", [f"style.{name}" for name in fields])
    keys = dict.fromkeys(fields) | dict(value)  # a key that was deleted is checked as null
    style = Style(
        width=_between("style.width", keys["width"], 1, 60),
        font=_font("style.font", keys["font"]),
        font_size=_between("style.font_size", keys["font_size"], 4, 100),
        line_width=_between("style.line_width", keys["line_width"], 0.1, 20),
        dpi=_between("style.dpi", keys["dpi"], 50, 2400),
        note=flag("style.note", keys["note"]),
    )
    least = LEAST * style.font_size
    if style.width < least:
        raise bad("style.width", keys["width"], f"at least {least:.3g} inches for text of {style.font_size:g} points")
    if style.width * style.dpi > MOST_PIXELS:
        raise bad("style.dpi", keys["dpi"], f"at most {MOST_PIXELS / style.width:.0f} at {style.width:g} inches")
    return style


def _between(key: str, value: Any, low: float, high: float) -> float:
    if not (finite(value) and low <= value <= high):
        raise bad(key, value, f"a number from {low} to {high}")
    return float(value)


def _font(key: str, value: Any) -> str:
    if value not in GENERIC and value not in font_manager.get_font_names():
        raise bad(key, value, f"{', '.join(GENERIC)}, or an installed font, for instance STIXGeneral or DejaVu Serif")
    return str(value)
