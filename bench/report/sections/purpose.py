"""The question of a run in words: that of its study or, where it has none, made of what it holds."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from bench.report.sections import wording
from bench.tables.manifest import kind_told

MOST = 3  # names that are listed; of more, how many
NETWORK = {"vae": "the ELBO of an autoencoder"}


def purpose(frame: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """The question, from the statistics of a sweep or the curves of a fit, and the manifest."""
    question = str(((manifest.get("config") or {}).get("published") or {}).get("question") or "")
    if question:
        first, mark, _ = question.partition("?")
        return first + mark
    estimators = [str(name) for name in frame["estimator"].unique()]
    objective = _objectives(frame["objective"].unique())
    if kind_told(manifest) == "fit":
        with_each = _estimators(estimators)
        return f"Where does descent on {objective} end with {with_each}, how fast{_first(estimators)}?"
    if len(estimators) < 2:
        return f"Is {_estimators(estimators)} of {objective} right, how much does it vary, and at what cost in time?"
    return f"Do {_estimators(estimators)} of {objective} agree, which varies less, and at what cost in time?"


def _estimators(names: Sequence[str]) -> str:
    """Up to three by their names: the pathwise and score-function gradients."""
    if len(names) > MOST:
        return f"{len(names)} gradient estimators"
    told = wording.listed(wording.name(name).replace("score function", "score-function") for name in names)
    return f"the {told} gradient{'s' if len(names) > 1 else ''}"


def _objectives(names: Sequence[str]) -> str:
    if len(names) > MOST:
        return f"{len(names)} objectives"
    return wording.listed(NETWORK.get(name, wording.name(name)) for name in names) or "f"


def _first(estimators: Sequence[str]) -> str:
    return ", and which is there first" if len(estimators) > 1 else ""
