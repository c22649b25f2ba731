r"""Mathematics inside a text, between dollars as in LaTeX: for what cannot typeset it, its nearest characters."""

import re

INSIDE = re.compile(r"\$([^$]+)\$")
COMMAND = re.compile(r"\\([A-Za-z]+) ?")
SPACES = re.compile(r"\\[,;:! ]")
RAISED = re.compile(r"\^(?:\{([^{}]*)\}|(.))")
LETTERS = (  # in the order of their characters
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu"),
    *("xi", "omicron", "pi", "rho", "varsigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
)
GREEK = {name: chr(0x3B1 + i) for i, name in enumerate(LETTERS)}
SIGNS = (
    GREEK
    | {"times": "\u00d7", "cdot": "\u00b7", "pm": "\u00b1", "leq": "\u2264", "geq": "\u2265"}
    | {"log": "log", "sin": "sin", "cos": "cos", "exp": "exp"}
)
SUPERSCRIPTS = str.maketrans(
    "0123456789+-n", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207f"
)


def plain(text: str) -> str:
    r"""The text with its mathematics in characters: $\sigma^2=10^{4}$ is read as the Greek letter, raised digits."""
    return INSIDE.sub(lambda match: _characters(match[1]), text)


def letters(text: str) -> int:
    """About how many letters wide a text is, its mathematics set."""
    return len(max(plain(text).split("\n"), key=len))


def pieces(text: str) -> list[tuple[str, bool]]:
    """The text cut where mathematics begins and ends; whether each piece is mathematics, without its dollars."""
    return [(piece, i % 2 == 1) for i, piece in enumerate(INSIDE.split(text)) if piece]


def _characters(formula: str) -> str:
    formula = SPACES.sub("\N{NO-BREAK SPACE}", formula)
    formula = COMMAND.sub(lambda match: SIGNS.get(match[1], ""), formula)
    formula = RAISED.sub(lambda match: _raised(match[1] or match[2]), formula)
    return re.sub(r"[{}\\]", "", formula).replace("=", " = ")


def _raised(text: str) -> str:
    """Digits and signs that have a raised form; else with a caret before them."""
    return text.translate(SUPERSCRIPTS) if re.fullmatch(r"[0-9+\-n]+", text) else f"^{text}"
