r"""What the formula of an objective gives: the LaTeX that a report shows is read as mathematics and computed.

Read are sums and products of numbers, letters, y_j, x_i and functions of them; a sum reaches over the term behind it.
\mathcal{N}(y; m, v) is the density of a normal of mean m and variance v, \mathbf{1}[a > b] is 1 where that is so. What
holds matrices, random batches or densities by name is not read: ValueError.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

Values = Mapping[str, Any]  # of letters; `y` and `x` are lists where they have an index, and numbers where not
Read = Callable[[Values], float]

TOKENS = re.compile(r"\\[A-Za-z]+|\\,|\d+\.?\d*|[A-Za-z]|[-+^_(){}\[\];,>]|\S")
FUNCTIONS = {r"\exp": math.exp, r"\log": math.log, r"\sin": math.sin, r"\cos": math.cos}
GREEK = {rf"\{name}": name for name in ("tau",)}
SKIPPED = (r"\,", r"\left", r"\right")
BEHIND_A_TERM = (")", "}", "]", "+", "-", ",", ";", ">", r"\vert", "")


def reading(formula: str) -> Read:
    """The function of the values of letters that a formula writes."""
    return _Reader([token for token in TOKENS.findall(formula) if token not in SKIPPED]).whole()


class _Reader:
    """The tokens that are left."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens

    def next(self) -> str:
        return self.tokens[0] if self.tokens else ""

    def take(self, wanted: str = "") -> str:
        if not self.tokens or (wanted and self.tokens[0] != wanted):
            raise ValueError(f"read {self.next() or 'the end'!r} instead of {wanted or 'more'!r}")
        return self.tokens.pop(0)

    def whole(self) -> Read:
        read = self.sum()
        if self.tokens:
            raise ValueError(f"cannot read {self.tokens}")
        return read

    def sum(self) -> Read:
        terms = [self.signed(first=True)]
        while self.next() in ("+", "-"):
            terms.append(self.signed())
        return lambda values: sum(term(values) for term in terms)

    def signed(self, first: bool = False) -> Read:
        sign = -1 if self.next() == "-" else 1
        if self.next() == "-" or not first:
            self.take()
        term = self.term()
        return lambda values: sign * term(values)

    def term(self) -> Read:
        factors = [self.power()]
        while self.next() not in BEHIND_A_TERM:
            factors.append(self.power())
        return lambda values: math.prod(factor(values) for factor in factors)

    def power(self) -> Read:
        base = self.factor()
        if self.next() != "^":
            return base
        self.take()
        exponent = self.group() if self.next() == "{" else self.factor()
        return lambda values: base(values) ** exponent(values)

    def group(self, opened: str = "{", closed: str = "}") -> Read:
        self.take(opened)
        read = self.sum()
        self.take(closed)
        return read

    def factor(self) -> Read:
        token = self.take()
        if token in "([":
            self.tokens.insert(0, token)
            return self.group(token, {"(": ")", "[": "]"}[token])
        if token[0].isdigit():
            return lambda values: float(token)
        if token in FUNCTIONS:
            argument = self.power()
            return lambda values: FUNCTIONS[token](argument(values))
        others = {r"\sum": self.over, r"\frac": self.fraction, r"\max": self.largest, r"\vert": self.absolute}
        others |= {r"\mathcal": self.density, r"\mathbf": self.indicator, r"\bar": self.mean}
        if token in others:
            return others[token]()
        if token.isalpha() or token in GREEK:
            return self.letter(GREEK.get(token, token))
        raise ValueError(f"cannot read {token!r}")

    def letter(self, name: str) -> Read:
        if self.next() != "_":
            return lambda values: math.e if name == "e" else float(values[name])
        self.take("_")
        index = self.take()
        return lambda values: float(values[name][values[index]])

    def over(self) -> Read:
        self.take("_")
        index = self.take()
        if index not in "ij":
            raise ValueError(f"cannot read a sum over {index!r}")
        term = self.term()
        many = {"i": "x", "j": "y"}[index]
        return lambda values: sum(term({**values, index: at}) for at in range(len(values[many])))

    def fraction(self) -> Read:
        above, below = self.group(), self.group()
        return lambda values: above(values) / below(values)

    def largest(self) -> Read:
        self.take("(")
        one = self.sum()
        self.take(",")
        other = self.sum()
        self.take(")")
        return lambda values: max(one(values), other(values))

    def absolute(self) -> Read:
        inside = self.sum()
        self.take(r"\vert")
        return lambda values: abs(inside(values))

    def density(self) -> Read:
        parts = []
        for opened in ("{", "N", "}"):
            self.take(opened)
        for opened in ("(", ";", ","):
            self.take(opened)
            parts.append(self.sum())
        self.take(")")

        def read(values: Values) -> float:
            y, mean, variance = (part(values) for part in parts)
            return math.exp(-((y - mean) ** 2) / (2 * variance)) / math.sqrt(2 * math.pi * variance)

        return read

    def indicator(self) -> Read:
        for opened in ("{", "1", "}", "["):
            self.take(opened)
        larger = self.sum()
        self.take(">")
        smaller = self.sum()
        self.take("]")
        return lambda values: float(larger(values) > smaller(values))

    def mean(self) -> Read:
        for opened in ("{", "x", "}"):
            self.take(opened)
        return lambda values: float(sum(values["x"]) / len(values["x"]))
