"""What a report is asked to draw, every key checked before anything is drawn."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from matplotlib import font_manager

from bench.config.checks import axis, bad, finite, flag
from bench.drawing.choices import Choices
from bench.drawing.render import FORMATS
from bench.drawing.style import LEAST, WEB, Style
from bench.errors import unknown
from bench.registry import Registry
from bench.report import wishes

GENERIC = ("sans-serif", "serif", "monospace")
KEYS = ("name", "output", "force", "figures", "format", "style", "plugins", "config_dir", *wishes.KEYS)
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", re.ASCII)
RESERVED = "ratios"  # figures/ratios.tex is a table
MOST_PIXELS = 12_000  # over the width; a PNG of more takes gigabytes to draw


@dataclass(frozen=True, slots=True)
class Drawing:
    """A checked config; unless told otherwise, what a sweep draws."""

    style: Style = WEB
    figures: tuple[str, ...] | None = None  # None: all
    formats: tuple[str, ...] = ("png", "svg")
    choices: Choices = field(default_factory=Choices)
    apart: Mapping[str, "Apart"] = field(default_factory=dict)  # of some figures, by the names of their files


@dataclass(frozen=True, slots=True)
class Apart:
    """What is asked of one figure alone."""

    figure: str
    drawing: Drawing


def check(config: Mapping[str, Any], registry: Registry) -> Drawing:
    """What a resolved config asks for; BadInput names the key, the value received and what is allowed."""
    for key in config:
        if key not in KEYS:
            raise unknown("key", key, KEYS)
    figures = config.get("figures")
    of_all = Drawing(
        _style(config.get("style")),
        formats=axis("format", config.get("format"), _format),
        choices=wishes.choices("", config),
    )
    if isinstance(figures, Mapping):
        apart = {name: _apart(name, keys, config, of_all, registry) for name, keys in figures.items()}
        return replace(of_all, figures=axis("figures", list(apart), lambda _, name: name), apart=apart)

    def figure(key: str, name: Any) -> str:
        return str(registry.get("figure", name).name)

    return replace(of_all, figures=None if figures is None else axis("figures", figures, figure))


def _apart(name: Any, keys: Any, config: Mapping[str, Any], of_all: Drawing, registry: Registry) -> Apart:
    """What a paper asks of one figure: its own keys before those of all figures."""
    place = f"figures.{name}"
    if not (isinstance(name, str) and FILE_NAME.fullmatch(name)):
        raise bad("figures", name, "names of files, of ASCII letters, digits, - and _")
    if not isinstance(keys, Mapping | None):
        raise bad(place, keys, "keys below it: figure, style and those of a report")
    keys = dict(keys or {})
    figure = str(registry.get("figure", keys.pop("figure", name)).name)
    if figure != name and name in (*registry.plugins["figure"], RESERVED):
        raise bad("figures", name, "a name that is no other figure's")
    style = keys.pop("style", None) or {}
    if not isinstance(style, Mapping):
        raise bad(f"{place}.style", style, "keys of a style below it, as style: {width: 6.75}")
    for key in keys:
        if key not in wishes.KEYS:
            raise unknown(
                "key", f"{place}.{key}", [f"{place}.{allowed}" for allowed in ("figure", "style", *wishes.KEYS)]
            )
    chosen = wishes.choices(f"{place}.", {key: config.get(key) for key in wishes.KEYS} | keys)
    return Apart(figure, Drawing(_style({**config["style"], **style}), (name,), of_all.formats, chosen))


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
