"""Checks of an objective's own parameters: what is not allowed is one line with key, value and what is."""

from bench.errors import BadInput

MOST_COMPONENTS = 10**6  # of y
MOST_DENSE, WORST = 1000, 1e12  # components with a matrix, 8 MB of it; what a double tells from singular


def require(is_allowed: bool, key: str, value: float, allowed: str) -> None:
    """BadInput where a parameter `objective.KEY` is not allowed."""
    if not is_allowed:
        raise BadInput(f"objective.{key}={value:g} is not allowed; allowed: {allowed}")


def whole(key: str, value: float, least: int, most: int) -> int:
    """A whole number between two others; BadInput where it is none."""
    require(least <= value <= most and value == int(value), key, value, f"whole numbers from {least} to {most}")
    return int(value)


def components(name: str, value: float) -> int:
    """How many components the objective of a name has, which is a sum over as many as asked for."""
    return whole(f"{name}.dimension", value, 1, MOST_COMPONENTS)


def conditioned(name: str, phi: tuple[float, ...]) -> int:
    """The components of phi = (dimension, condition); BadInput where there is no matrix of that condition number."""
    d = whole(f"{name}.dimension", phi[0], 1, MOST_DENSE)
    require(1 <= phi[1] <= WORST, f"{name}.condition", phi[1], f"numbers from 1 to {WORST:g}")
    return d
