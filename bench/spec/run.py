"""Who runs a sweep, and what its figures show."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:  # slow to import, and only figures need them
    import pandas as pd
    from matplotlib.figure import Figure as Drawing

Kind = Literal["sweep", "fit"]  # the commands that make runs


@dataclass(frozen=True, slots=True)
class Executor:
    """Who runs the blocks: map(function, items, **parameters) yields the results in the order of the items.

    opened(registry, **parameters), where there is something to set up, is a context manager around all that a command
    maps: it gives a map(function, items). The functions are made of plug-ins of the registry, which has them by kind
    and name, and knows the user's files that they come from.
    """

    name: str
    map: Callable[..., Any]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    opened: Callable[..., AbstractContextManager[Callable[..., Any]]] | None = None

    @contextmanager
    def running(self, registry: Any, **parameters: Any) -> Iterator[Callable[..., Any]]:
        """A map(function, items), and around it what there is to set up and to tidy up."""
        if self.opened is None:
            yield partial(self.map, **parameters)
        else:
            with self.opened(registry, **parameters) as run:
                yield run


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of a table that a figure shows, and what its note says of the rows that it does not show.

    The rows are the figure's CSV; a slice without rows has none.
    """

    frame: "pd.DataFrame"
    chosen: Mapping[str, float] = field(default_factory=dict)  # the one value of each axis that is cut to one
    hidden: int = 0  # rows that have no place on a log scale


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report: `select` takes a slice of the tables, `draw` shows that slice.

    `{reference}` in the caption is read as what the run's ratios are over: pathwise.

    It is drawn for runs of its `kind`: those of a sweep, or of a fit.

    `select` gives None where the tables (name -> frame) hold nothing for the figure. Both get frames of their own:
    what they write into them stays there.
    """

    name: str
    title: str
    caption: str
    select: Callable[[Mapping[str, "pd.DataFrame"]], Slice | None]
    draw: Callable[[Slice], "Drawing"]
    kind: Kind = "sweep"
