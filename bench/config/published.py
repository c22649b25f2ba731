"""What a study repeats of others' work, or asks itself: its source and setting, or its question; claims and numbers.

    published:
      source: Who (when), what, where in it
      setting: the objective, theta and draws there, in words
      claims:
        - {says: pathwise varies less for mu, lower: pathwise, than: score_function, where: {parameter: mu}}
        - {says: so it does at equal seconds, lower: pathwise, than: score_function, in: seconds}
        - {says: Sobol' points have a better rate, lower: {sampler: sobol}, than: {sampler: iid}, along: samples}
        - {says: the variance goes with 1/K, rate: -1, along: samples, where: {sampler: iid}}
        - {says: no estimator is best for all}    # nothing to compare: a qualitative claim
      numbers:
        - {variance: 6.45, replicates: 100, estimator: score_function, parameter: mu, samples: 10}

A claim of `lower` and `than`, an estimator each or places, is one wherever the keys of `where` are met and all else is
the same: of variances, or `in` evaluations or seconds of variances times the work of an estimate, or `along` an axis of
the rates at which they change. A `rate` is the power of this axis over its last decade, to one decimal. A number is one
of all rows that have its other keys; `replicates` are the estimates whose variance the source gives, where it is
measured. In a fit a claim is of F at the last step, or `in` variance of the gradient there. A study of no source has a
`question` in place of source and setting. The report says what this run has.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bench.config.checks import bad, real, text, whole
from bench.errors import unknown

PLACES = (
    *("objective", "variant", "latent", "family", "theta", "components", "entropy", "data", "sampler", "estimator"),
    *("parameter", "mu", "sigma", "dataset_size", "samples", "dimension"),
)  # columns of statistics.csv that say where a row is
LEARNERS = (
    *(place for place in PLACES if place not in ("theta", "parameter", "mu", "sigma")),
    *("start", "parameterisation", "optimiser", "schedule", "learning_rate"),
)  # and those of curves.csv
KEYS = ("source", "setting")  # of what others published
LISTS = ("claims", "numbers")
NUMBER = ("variance", "replicates")  # of a number, beside its place
CLAIM = ("says", "lower", "than", "where", "in", "along", "rate")
AXES = ("sigma", "dataset_size", "samples", "dimension")  # positive numbers, of which there are powers
MEASURES = ("variance", "evaluations", "seconds")
AT_THE_END = ("loss", "variance")  # of a fit


def of_fit(value: Any) -> Mapping[str, Any] | None:
    """The same of a fit, whose claims are of learners at their last step: of F, or `in` variance of the gradient."""
    told = published(value, LEARNERS, AT_THE_END)
    for i, claim in enumerate((told or {}).get("claims") or ()):
        for key in {"rate", "along"} & {*claim}:
            raise bad(f"published.claims[{i}].{key}", claim[key], "nothing in a fit: lower and than")
    if told and told.get("numbers"):
        raise bad("published.numbers", told["numbers"], "nothing in a fit: claims")
    return told


def published(
    value: Any, places: Sequence[str] = PLACES, measures: Sequence[str] = MEASURES
) -> Mapping[str, Any] | None:
    """What a study says of its source or asks itself; BadInput names the key. None of a study that does neither."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise bad("published", value, "null, or keys below it: source, setting, claims, numbers; or question, claims")
    for key in value:
        if key not in (names := ("question", *KEYS, *LISTS)):
            raise unknown("key", f"published.{key}", [f"published.{name}" for name in names])
    for key in ("question",) if "question" in value else KEYS:
        text(f"published.{key}", value.get(key))
    for key in (*KEYS, "numbers") if "question" in value else ():
        if key in value:
            raise bad(f"published.{key}", value[key], "nothing beside a question, which is that of no source")
    for i, claim in enumerate(_list(value, "claims")):
        _require_claim(f"published.claims[{i}]", claim, places, measures)
    for i, number in enumerate(_list(value, "numbers")):
        key = f"published.numbers[{i}]"
        if not isinstance(number, Mapping) or "variance" not in number:
            raise bad(key, number, "a variance and where it is: {variance: 87, estimator: score_function}")
        if real(f"{key}.variance", number["variance"]) < 0:
            raise bad(f"{key}.variance", number["variance"], "a number >= 0")
        whole(f"{key}.replicates", number.get("replicates", 2), 2)
        _require_places(key, {name: place for name, place in number.items() if name not in NUMBER}, places)
    return value


def side(value: Any) -> Mapping[str, Any]:
    """The places that a side of a claim names; a word is an estimator."""
    return {"estimator": value} if isinstance(value, str) else value


def _list(value: Mapping[str, Any], key: str) -> Any:
    several = value.get(key) or []
    if not isinstance(several, list | tuple):
        raise bad(f"published.{key}", several, "a list")
    return several


def _require_claim(key: str, claim: Any, places: Sequence[str], measures: Sequence[str]) -> None:
    if not isinstance(claim, Mapping):
        raise bad(key, claim, "what it says, and where it can be compared lower and than, or a rate")
    for name in claim:
        if name not in CLAIM:
            raise unknown("key", f"{key}.{name}", [f"{key}.{name}" for name in CLAIM])
    text(f"{key}.says", claim.get("says"))
    if ("lower" in claim) != ("than" in claim):
        raise bad(key, claim, "lower and than, or neither")
    if "rate" in claim and ("lower" in claim or "along" not in claim):
        raise bad(f"{key}.rate", claim["rate"], "a power of the axis that `along` names, without lower and than")
    if "rate" in claim:
        real(f"{key}.rate", claim["rate"])
    if not {"lower", "rate"} & {*claim} and {*claim} - {"says"}:
        raise bad(key, claim, "lower and than, or a rate, beside its other keys")
    _require_word(key, claim, "along", AXES)
    _require_word(key, claim, "in", measures)
    for name in ("lower", "than"):
        if isinstance(claim.get(name, ""), str):
            text(f"{key}.{name}", claim.get(name, name))
        else:
            _require_places(f"{key}.{name}", claim[name], places)
    _require_places(f"{key}.where", claim.get("where") or {}, places)
    if claim.get("in") == "seconds" and any(
        {*side(claim.get(name) or {})} - {"estimator"} for name in ("lower", "than")
    ):
        raise bad(f"{key}.in", "seconds", "two estimators for lower and than: times are compared inside a cell alone")


def _require_word(key: str, claim: Mapping[str, Any], name: str, allowed: Sequence[str]) -> None:
    if name in claim and claim[name] not in allowed:
        raise bad(f"{key}.{name}", claim[name], " or ".join(allowed))


def _require_places(key: str, value: Any, places: Sequence[str]) -> None:
    if not isinstance(value, Mapping):
        raise bad(key, value, "keys of statistics.csv, or of a fit's curves.csv, with their values")
    for name in value:
        if name not in places:
            raise unknown("key", f"{key}.{name}", [f"{key}.{place}" for place in places])
