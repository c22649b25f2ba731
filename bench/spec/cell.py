"""One point of the grid."""

from dataclasses import dataclass
from typing import Literal

Latent = Literal["shared", "per_datum"]
Components = Literal["tied", "untied"]
Entropy = Literal["closed_form", "monte_carlo", "sticking_the_landing"]
Theta = tuple[float | tuple[float, ...], ...]  # of the family, each a number for all components or one for each


@dataclass(frozen=True, slots=True)
class Variant:
    """A plug-in with values for its parameters. `label` is compact: `k=-3`, empty where it has none."""

    name: str
    phi: tuple[float, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One point of the grid. `dataset_size` is None for an objective without data, `entropy` for one without target."""

    objective: Variant
    latent: Latent
    family: str
    theta: Theta
    components: Components
    entropy: Entropy | None
    sampler: str
    dataset_size: int | None
    samples: int
    dimension: int
