"""What a figure or a table shows, as a note above its panels and as a sentence of its caption."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from bench.drawing import words

IN_SENTENCES = {"shared draw": "one draw shared by all data", "draw per datum": "a draw for each datum"}


def common(column: str, value: Any) -> str:
    """The same in the words of a note on all panels, where nothing beside it says what it is."""
    text = words.told(column, value)
    return {"family": f"{text} $y$", "parameter": f"gradient by {text}"}.get(column, text) if text else ""


def stated(column: str, value: Any) -> str:
    """The same in a sentence: one draw shared by all data, a normal $y$, the score function estimator."""
    text = common(column, value)
    if column in ("numerator", "estimator") and text:
        return f"the {text} estimator"
    return IN_SENTENCES.get(text) or (f"a {text}" if column == "family" and text else text)


def alike(frame: pd.DataFrame, keys: Sequence[str]) -> dict[str, Any]:
    """Those of the columns `keys` that have one value in all rows, with it."""
    return {key: frame[key].iloc[0] for key in keys if key in frame and frame[key].nunique(dropna=False) == 1}


def note(frame: pd.DataFrame, keys: Sequence[str], chosen: Mapping[str, float]) -> list[str]:
    """What all rows have in common: those `keys` that do not vary, and the values that axes are cut at."""
    told = [common(key, value) for key, value in alike(frame, keys).items()]
    return [*filter(None, told), *(words.assigned(key, value) for key, value in chosen.items())]


def sentence(frame: pd.DataFrame, keys: Sequence[str], chosen: Mapping[str, float]) -> str:
    r"""The same as a sentence: Shown is the squared error, with independent draws and normal data, at $\mu=1$."""
    same = alike(frame, keys)
    subject = words.told("objective", same.pop("objective", ""))
    told = [text for key, value in same.items() if (text := stated(key, value))]
    at = [words.assigned(key, value) for key, value in chosen.items()]
    parts = [f"Shown is the {subject}" if subject else "Shown are several objectives"]
    parts += [f"with {words.listed(told)}"] if told else []
    parts += [f"at {words.listed(at)}"] if at else []
    return f"{', '.join(parts)}." if subject or told or at else ""
