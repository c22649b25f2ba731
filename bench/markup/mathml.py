r"""A formula in LaTeX as MathML, which browsers draw by themselves.

The LaTeX is what one line of a paper needs: letters, signs, and commands such as \frac, \sum, \log, \mathcal and those
of Greek letters; no environments and no macros.
"""

import re

from latex2mathml.converter import convert
from markupsafe import Markup

NAMESPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'  # of XML; in HTML the name of the tag says it
SIMILAR = ("<mi>&#x0007E;</mi>", "<mo>&#x0223C;</mo>")  # \\sim, of which the converter makes a letter
PRIMED = re.compile(r"<msup>(<mi>\w+</mi>)<mi>(&#x02032;)</mi></msup>")  # raised, though the sign itself stands high
PRIME = r'\1<mo lspace="0" rspace="0">\2</mo>'
TAGS = re.compile(r"<[^>]*>|&#x\w+;")
LEFT_OVER = re.compile(r"[\\{}$&]")  # what the converter takes for letters where it knows no better


def mathml(formula: str) -> Markup:
    """The formula as an element of HTML; ValueError where it is not of that LaTeX."""
    try:
        text = PRIMED.sub(PRIME, str(convert(formula)).replace(NAMESPACE, "").replace(*SIMILAR))
    except Exception as error:  # the converter's errors share no class but this
        raise ValueError(f"no formula: {type(error).__name__}") from error
    if formula.count("{") != formula.count("}") or LEFT_OVER.search(TAGS.sub("", text)):
        raise ValueError("no formula: a command that is not known, or braces without their other half")
    return Markup(text)
