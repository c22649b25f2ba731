"""What a study says of its source is checked key by key."""

from pathlib import Path
from typing import Any

import pytest
from omegaconf import OmegaConf

from bench.config.folder import config_folder
from bench.config.published import LEARNERS, PLACES, of_fit, published
from bench.errors import BadInput
from bench.tables.curves import LEARNER
from bench.tables.statistics import STATISTICS

CLAIM = {"says": "less", "lower": "pathwise", "than": "score_function"}
OTHERS = {"says": "less", "lower": {"sampler": "sobol"}, "than": {"sampler": "iid"}}
RATE = {"says": "slow", "rate": -1}
NUMBER = {"variance": 4, "parameter": "mu"}
GIVEN: dict[str, Any] = {"source": "Someone (2026)", "setting": "one draw", "claims": [CLAIM], "numbers": [NUMBER]}


def test_a_place_is_a_key_of_the_statistics() -> None:
    assert set(PLACES) == set(STATISTICS.keys)


def test_what_is_right_stays_as_it_is() -> None:
    assert published(GIVEN) == GIVEN
    assert published(None) is None
    claims = [OTHERS | {"along": "samples"}, RATE | {"along": "samples"}, CLAIM | {"in": "seconds"}, CLAIM]
    asked = {"question": "Which?", "claims": claims}
    assert published(asked) == asked


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sauce": "x"}, "unknown key 'published.sauce'; "),
        ({"source": None}, "published.source=null is not allowed"),
        ({"claims": "less"}, "published.claims='less' is not allowed; allowed: a list"),
        ({"claims": ["less"]}, r"published.claims\[0\]='less' is not allowed"),
        ({"claims": [{"lower": "pathwise", "than": "price"}]}, r"published.claims\[0\].says=null is not allowed"),
        ({"claims": [{"says": "less", "lower": "pathwise"}]}, "allowed: lower and than, or neither"),
        ({"claims": [CLAIM | {"where": {"k": 1}}]}, r"unknown key 'published.claims\[0\].where.k'; "),
        ({"claims": [CLAIM | {"least": 1}]}, r"unknown key 'published.claims\[0\].least'; "),
        ({"claims": [CLAIM | {"than": {"k": 1}}]}, r"unknown key 'published.claims\[0\].than.k'; "),
        ({"claims": [CLAIM | {"than": 1}]}, r"published.claims\[0\].than=1 is not allowed"),
        (
            {"claims": [CLAIM | {"in": "hours"}]},
            r"published.claims\[0\].in='hours' is not allowed; allowed: variance or",
        ),
        ({"claims": [CLAIM | {"along": "mu"}]}, r"published.claims\[0\].along='mu' is not allowed; allowed: sigma or"),
        ({"claims": [OTHERS | {"in": "seconds"}]}, r"published.claims\[0\].in='seconds' is not allowed; allowed: two"),
        ({"claims": [RATE | {"along": "samples"} | CLAIM]}, r"published.claims\[0\].rate=-1 is not allowed"),
        ({"claims": [RATE]}, r"published.claims\[0\].rate=-1 is not allowed; allowed: a power of the axis"),
        ({"claims": [RATE | {"rate": "-1", "along": "samples"}]}, r"published.claims\[0\].rate='-1' is not allowed"),
        (
            {"claims": [{"says": "less", "in": "seconds"}]},
            r"published.claims\[0\]=.* allowed: lower and than, or a rate",
        ),
        (
            {"question": "which?"},
            r"published.source='Someone \(2026\)' is not allowed; allowed: nothing beside a question",
        ),
        ({"numbers": [{"estimator": "pathwise"}]}, r"published.numbers\[0\]=.* allowed: a variance and where it is"),
        ({"numbers": [{"variance": 4, "replicates": 1}]}, r"published.numbers\[0\].replicates=1 is not allowed"),
        ({"numbers": [{"variance": "4"}]}, r"published.numbers\[0\].variance='4' is not allowed"),
        ({"numbers": [{"variance": 4, "k": 1}]}, r"unknown key 'published.numbers\[0\].k'; "),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=f"^{message}" if not message.startswith("allowed") else message):
        published(GIVEN | change)


def test_it_is_a_mapping() -> None:
    with pytest.raises(BadInput, match=r"^published='x' is not allowed; allowed: null, or keys below it"):
        published("x")


@pytest.mark.parametrize("file", sorted((config_folder() / "study").glob("*.yaml")), ids=lambda file: file.stem)
def test_what_the_studies_say_is_right(file: Path) -> None:
    content: Any = OmegaConf.to_container(OmegaConf.load(file))
    published(content.get("published"))


def test_a_fit_is_asked_of_its_end() -> None:
    of_learners = {"says": "less", "lower": {"samples": 50}, "than": {"samples": 5}, "where": {"optimiser": "adam"}}
    asked = {"question": "Which?", "claims": [CLAIM, CLAIM | {"in": "variance"}, of_learners | {"in": "loss"}]}
    assert of_fit(asked) == asked
    assert of_fit(None) is None
    assert {*LEARNERS} == {*LEARNER}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"numbers": [NUMBER | {"samples": 1}]}, r"published.numbers\[0\].parameter"),
        ({"numbers": [{"variance": 4, "samples": 1}]}, "published.numbers=.* allowed: nothing in a fit: claims"),
        ({"claims": [RATE | {"along": "samples"}]}, r"published.claims\[0\].(rate|along)=.* nothing in a fit"),
        ({"claims": [OTHERS | {"along": "samples"}]}, r"published.claims\[0\].along='samples' .* nothing in a fit"),
        ({"claims": [CLAIM | {"in": "seconds"}]}, r"published.claims\[0\].in='seconds' .* allowed: loss or variance"),
        ({"claims": [CLAIM | {"where": {"mu": 1}}]}, r"unknown key 'published.claims\[0\].where.mu'"),
    ],
)
def test_what_a_fit_is_not_asked_is_one_line(change: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message) as refused:
        of_fit({**GIVEN, "numbers": [], **change})
    assert "\n" not in str(refused.value)
