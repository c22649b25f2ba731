"""Spaces: all of a text on one line, and where no line may end."""

import re

NO_BREAK = "\N{NO-BREAK SPACE}"
INSIDE = re.compile(r" (?=[=%])|(?<==) ")


def one_line(text: str) -> str:
    """The text with a single space wherever it has spaces or ends of lines."""
    return re.sub(r"\s+", " ", text)


def together(text: str) -> str:
    """The text with a no-break space inside a number and its unit (95 %), and with two inside `sigma = 1`."""
    return INSIDE.sub(NO_BREAK, text)
