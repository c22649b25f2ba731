"""What the controls of the explorer say: facets and their values in the words of the figures, without mathematics."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from bench.drawing import words
from bench.markup.mathematics import plain
from bench.report.sections.learners import word


class Facet(NamedTuple):
    """A column with the values that any row of any table has, and the one to begin with."""

    name: str
    values: list[Any]
    chosen: Any

    @property
    def title(self) -> str:
        """The column in words."""
        return title(self.name)


def title(name: str) -> str:
    """A column in words, with its symbol where it has one: number of data n."""
    return "theta" if name == "vector" else plain(words.axis(name))


def told(name: str, value: Any) -> str:
    """A value of a column in words; an empty one is none."""
    if value is None or value == "":
        return "none"
    if not isinstance(value, str):
        return plain(words.number(value, 5))
    if name == "parameter":
        return plain(words.symbol(value))
    return words.VALUES["latent"].get(value, value) if name == "latent" else word(value)


def single(facets: Iterable[Facet]) -> dict[str, dict[str, Any]]:
    """The facets that leave no choice: the one value of each, and the words that say so where there is one."""
    return {facet.name: _single(facet, *(facet.values or [None])) for facet in facets if len(facet.values) < 2}


def _single(facet: Facet, value: Any) -> dict[str, Any]:
    if value is None or value == "":
        return {"value": value, "words": ""}
    said = f"{facet.title} {told(facet.name, value)}"
    return {"value": value, "words": said if isinstance(value, str) else plain(words.assigned(facet.name, value))}
