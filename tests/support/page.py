"""The page of a run as text, and what it holds."""

import json
import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

from bench.report.contents import contents
from bench.report.page.build import page
from bench.report.sections.gallery import EMPTY, gallery
from bench.report.sections.phrases import Tables
from tests.support.reports import MANIFEST, catalogue

IMAGE = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


class Reader(HTMLParser):
    """The tags with their attributes, and the texts, but for those of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open = tag

    def handle_data(self, data: str) -> None:
        if self.open != "script" and data.strip():
            self.texts.append(data.strip())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every tag of a kind."""
        return [attributes for name, attributes in self.tags if name == tag]


def render(
    tables: Tables,
    manifest: Mapping[str, Any] = MANIFEST,
    images: Mapping[str, bytes] | None = None,
    empty: Collection[str] = (),
    paths: Sequence[str] = (),
    **draws: Callable[..., Any] | None,
) -> str:
    """The page; `draws` are figures by their names, `images` their SVG, `empty` those that had nothing to show."""
    paths = list(dict.fromkeys([*paths, *(f"figures/{name}.svg" for name in images or {})]))
    figures = gallery(catalogue(**draws).plugins["figure"], tables, dict.fromkeys(empty, EMPTY), paths, images or {})
    return page(tables, manifest, contents(tables, manifest, figures, paths), paths)


def data(text: str) -> dict[str, Any]:
    """What the page holds for its script."""
    match = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert match is not None
    content: dict[str, Any] = json.loads(match[1])
    return content


def column(table: Mapping[str, Any], name: str) -> list[Any]:
    """A column of a table that the page holds, decoded as its script does."""
    content = table["columns"][name]
    if "numbers" in content:
        return list(content["numbers"])
    return [content["values"][code] for code in content["codes"] or [0] * table["rows"]]


def nulled(values: Sequence[Any]) -> list[Any]:
    """Values as JSON has them: a missing number is null."""
    return [None if isinstance(value, float) and math.isnan(value) else value for value in values]
