"""What a report may be asked to draw, and what it may not."""

from dataclasses import asdict
from typing import Any

import pytest

from bench import registry
from bench.config import compose
from bench.drawing.style import WEB
from bench.errors import BadInput
from bench.report import settings

STYLES = [path.stem for path in (compose.config_folder() / "style").glob("*.yaml")]
PLUGINS = registry.load(kinds=["figure"])


def drawing(*overrides: str) -> settings.Drawing:
    return settings.check(compose.compose("report", overrides), PLUGINS)


def test_unless_told_otherwise_a_report_is_drawn_as_a_sweep_draws_it() -> None:
    assert drawing() == drawing("style=web") == settings.Drawing()
    assert compose.compose("report", [])["style"] == asdict(WEB)


@pytest.mark.parametrize(("name", "width"), [("icml", 3.25), ("neurips", 5.5), ("jmlr", 6.0), ("web", 3.25)])
def test_a_venue_has_its_width(name: str, width: float) -> None:
    assert drawing(f"style={name}").style.width == width


@pytest.mark.parametrize("name", STYLES)
def test_every_style_has_all_keys_and_takes_others_on_the_command_line(name: str) -> None:
    style = drawing(f"style={name}").style
    wider = drawing(f"style={name}", "style.width=20", "style.font=DejaVu Serif", "style.note=true").style
    assert asdict(wider) == asdict(style) | {"width": 20.0, "font": "DejaVu Serif", "note": True}


def test_figures_and_formats_keep_their_order() -> None:
    chosen = drawing("figures=[variance_samples,efficiency_map]", "format=[pdf,png]")
    assert chosen.figures == ("variance_samples", "efficiency_map")
    assert chosen.formats == ("pdf", "png")


CASES = {
    "figures=[variance]": "unknown figure 'variance'; known: efficiency_map, efficiency_map_evaluations, ",
    "figures=variance_samples": "figures='variance_samples' is not allowed; allowed: a list in brackets",
    "figures=[]": "figures=[] is not allowed; allowed: a list of one or more values",
    "figures=[variance_samples,variance_samples]": "figures=['variance_samples','variance_samples'] is not allowed",
    "figures=[null]": "unknown figure None; known: ",
    "format=[jpg]": "unknown format 'jpg'; known: pdf, pgf, png, svg",
    "format=pdf": "format='pdf' is not allowed; allowed: a list in brackets, format=[VALUE,...]",
    "format=[]": "format=[] is not allowed; allowed: a list of one or more values",
    "format=null": "format=null is not allowed; allowed: a list in brackets",
    "style.width=wide": "style.width='wide' is not allowed; allowed: a number from 1 to 60",
    "style.width=0": "style.width=0 is not allowed; allowed: a number from 1 to 60",
    "style.width=nan": "style.width=nan is not allowed; allowed: a number from 1 to 60",
    "style.width=2": "style.width=2 is not allowed; allowed: at least 2.4 inches for text of 7 points",
    "style.font_size=1": "style.font_size=1 is not allowed; allowed: a number from 4 to 100",
    "style.font=Papyri": "style.font='Papyri' is not allowed; allowed: sans-serif, serif, monospace, or an installed",
    "style.line_width=-1": "style.line_width=-1 is not allowed; allowed: a number from 0.1 to 20",
    "style.dpi=true": "style.dpi=true is not allowed; allowed: a number from 50 to 2400",
    "style.note=1": "style.note=1 is not allowed; allowed: true, false",
    "~style.dpi": "style.dpi=null is not allowed; allowed: a number from 50 to 2400",
    "~style": "style=null is not allowed; allowed: the name of a style, and its keys as style.width=3.25",
}


@pytest.mark.parametrize("override", CASES)
def test_one_line_names_key_value_and_what_is_allowed(override: str) -> None:
    with pytest.raises(BadInput) as caught:
        drawing(override)
    assert str(caught.value).startswith(CASES[override])


def test_an_image_of_gigabytes_is_refused() -> None:
    with pytest.raises(BadInput, match=r"^style.dpi=2400 is not allowed; allowed: at most 750 at 16 inches"):
        drawing("style=poster", "style.dpi=2400")


@pytest.mark.parametrize("style", ["neurips", None, {"widht": 3.0}])
def test_a_style_file_with_a_wrong_key_is_named(style: Any) -> None:
    config = compose.compose("report", []) | {"style": style}
    with pytest.raises(BadInput, match=r"^(style=|unknown key 'style.widht'; known: style.dpi, )"):
        settings.check(config, PLUGINS)
