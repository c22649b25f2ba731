"""How far colours are from each other: in CIELAB, as people with each deficiency of colour vision see them, in grey."""

import numpy as np
from matplotlib.colors import to_rgb
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB
VISIONS: dict[str, Floats] = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = TO_XYZ.sum(axis=1)  # D65


def linear(colour: str) -> Floats:
    """Linear RGB of an sRGB colour, 0 to 1."""
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    return float(TO_XYZ[1] @ linear(colour))


def lab(colour: str, vision: str = "normal") -> Floats:
    """L*, a*, b* of a colour as that vision sees it."""
    seen = np.clip(VISIONS[vision] @ linear(colour), 0, 1)
    ratio = TO_XYZ @ seen / WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(first: str, second: str, vision: str = "normal") -> float:
    """Delta E (CIE 1976) of two colours as that vision sees them."""
    return float(np.linalg.norm(lab(first, vision) - lab(second, vision)))


def grey_distance(first: str, second: str) -> float:
    """The difference of their lightness L*."""
    return float(abs(lab(first)[0] - lab(second)[0]))


def hue(colour: str) -> float:
    """The hue angle in the a*-b* plane, in degrees."""
    _, a, b = lab(colour)
    return float(np.degrees(np.arctan2(b, a)) % 360)
