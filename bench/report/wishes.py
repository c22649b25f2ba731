"""The choices of the author of a figure, every key checked: before anything is drawn, and against the run's tables."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.colors import is_color_like

from bench.config.checks import axis, bad, finite, flag, one_of
from bench.drawing import learners, words
from bench.drawing.choices import LEGENDS, OF_ESTIMATORS, REST, Choices
from bench.errors import unknown
from bench.registry.rules import is_label
from bench.report.sections.phrases import Tables
from bench.tables import slices

KEYS = tuple(Choices.__dataclass_fields__)
PANELS = tuple(
    dict.fromkeys(
        (*slices.FACETS, "data", "parameter", "numerator", "estimator", "evaluation", *learners.FACETS, learners.COLUMN)
    )
)
SMALLEST, LARGEST = 0.8, 40.0  # inches of height


def choices(place: str, config: Mapping[str, Any]) -> Choices:
    """What the keys of a config choose; `place` is what stands before their names. BadInput of a wrong value."""
    along, legend = config.get("along"), config.get("legend")
    panels, estimators = config.get("panels"), config.get("estimators")
    height, ylim = config.get("height"), config.get("ylim")
    return Choices(
        where=_each(f"{place}where", config.get("where"), _values),
        along=None if along is None else one_of(slices.AXES, f"{place}along", along),
        panels=None if panels is None else axis(f"{place}panels", panels, _panel),
        estimators=None if estimators is None else axis(f"{place}estimators", estimators, _name),
        labels=_each(f"{place}labels", config.get("labels"), _label),
        colours=_each(f"{place}colours", config.get("colours"), _colour),
        legend=None if legend is None else one_of(LEGENDS, f"{place}legend", legend),
        height=None if height is None else _height(f"{place}height", height),
        tags=flag(f"{place}tags", config.get("tags", False)),
        ylim=None if ylim is None else _limits(f"{place}ylim", ylim),
    )


def require_there(tables: Tables, chosen: Choices) -> None:
    """BadInput where a choice names a column, a value or an estimator that the run does not have."""
    for column, values in chosen.where.items():
        if not any(column in frame for frame in tables.values()):
            columns = {*slices.FACETS, *slices.AXES, "parameter", "data"}
            raise unknown("key", f"where.{column}", [f"where.{name}" for name in columns])
        there = _there(tables, [column])
        for value in values:
            if value not in there:
                raise bad(f"where.{column}", value, ", ".join(map(str, there)) or "nothing, for it has no values")
    estimators = _there(tables, OF_ESTIMATORS)
    heads = {name.partition("(")[0] for name in estimators}
    for name in chosen.estimators or ():
        if name not in (*estimators, *heads, REST):
            raise bad("estimators", name, ", ".join((*estimators, REST)))
    for key in chosen.colours:
        if key not in (*estimators, *heads, *_there(tables, ["sampler"])):
            raise unknown("key", f"colours.{key}", [f"colours.{name}" for name in estimators])
    names = {*estimators, *heads, *_there(tables, PANELS), *words.SYMBOLS, *slices.AXES}
    for key in chosen.labels:
        if key not in names:
            raise unknown("key", f"labels.{key}", [f"labels.{name}" for name in names if str(name).isidentifier()])


def _there(tables: Tables, columns: Sequence[str]) -> list[Any]:
    """The values of some columns, of all tables."""
    series = [frame[column] for frame in tables.values() for column in columns if column in frame]
    return list(dict.fromkeys(value for column in series for value in column.dropna().unique() if value != ""))


def _each(key: str, value: Any, check: Any) -> dict[str, Any]:
    """The values below a key, each checked."""
    if not isinstance(value, Mapping | None):
        raise bad(key, value, f"keys below it, as {key}.NAME=VALUE")
    return {str(name): check(f"{key}.{name}", item) for name, item in (value or {}).items()}


def _values(key: str, value: Any) -> tuple[Any, ...]:
    return axis(key, value if isinstance(value, list | tuple) else [value], lambda _, item: item)


def _panel(key: str, name: Any) -> str:
    return str(one_of(PANELS, key, name))


def _name(key: str, name: Any) -> str:
    if not isinstance(name, str):
        raise bad(key, name, f"names of estimators, and {REST}")
    return name


def _label(key: str, value: Any) -> str:
    text = value.replace("\\\\", "\\") if isinstance(value, str) else ""  # a command line keeps both backslashes
    if not is_label(text) or not text.strip():
        raise bad(key, value, r"a line of ASCII text, its mathematics between dollars as $\hat g_{SF}$")
    return text


def _colour(key: str, value: Any) -> str:
    if not isinstance(value, str) or not is_color_like(value):
        raise bad(key, value, "a colour of matplotlib, as black, tab:blue or '#D55E00'")
    return value


def _height(key: str, value: Any) -> float:
    if not (finite(value) and SMALLEST <= value <= LARGEST):
        raise bad(key, value, f"null, or a number of inches from {SMALLEST:g} to {LARGEST:g}")
    return float(value)


def _limits(key: str, value: Any) -> tuple[float, float]:
    if isinstance(value, list | tuple) and len(value) == 2 and all(map(finite, value)) and 0 < value[0] < value[1]:
        return float(value[0]), float(value[1])
    raise bad(key, value, "null, or [low, high], two numbers > 0 with low < high: the axis is logarithmic")
