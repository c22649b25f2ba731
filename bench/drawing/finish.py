"""What is chosen for any figure and set when it has drawn: its height, the limits of y, the tags of its panels."""

from string import ascii_lowercase

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.drawing import choices


def finish(figure: Figure) -> None:
    """Set what the choices say; a figure that has done so by itself stays as it is."""
    chosen = choices.current()
    if chosen.height is not None:
        figure.set_figheight(chosen.height)
    panels = [axes for axes in figure.axes if _is_panel(axes)]
    for axes in panels if chosen.ylim else ():
        axes.set_ylim(chosen.ylim)
    for tag, axes in zip(ascii_lowercase, panels if chosen.tags and len(panels) > 1 else (), strict=False):
        axes.set_title(f"({tag}) {axes.get_title()}".strip())


def least_height(figure: Figure) -> float:
    """The height of the lowest panel of a figure whose layout is done, in inches."""
    heights = [axes.get_position().height for axes in figure.axes if _is_panel(axes)]
    return figure.get_figheight() * min(heights, default=1.0)


def _is_panel(axes: Axes) -> bool:
    """Whether axes show data: not those of a colour bar, nor those that are off."""
    return axes.axison and axes.get_label() != "<colorbar>"
