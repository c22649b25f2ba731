"""What a fit may be asked for, and the one line that says what is not."""

import re
from dataclasses import replace
from typing import Any

import pytest

from bench.errors import BadInput
from bench.vae.methods import RULES, Method
from bench.vae.settings import VaeSettings

BAD: dict[str, tuple[dict[str, Any], str]] = {
    "an estimator": ({"estimator": ("rebar",)}, "unknown estimator 'rebar'; known: pathwise, score_function, "),
    "an entropy": ({"entropy": ("monte_carlo",)}, "unknown entropy 'monte_carlo'; known: closed_form, "),
    "a dimension": ({"dimension": (0,)}, "dimension=0 is not allowed; allowed: a whole number >= 1"),
    "a list": ({"samples": 3}, "samples=3 is not allowed; allowed: a list in brackets"),
    "a value twice": ({"samples": (1, 1)}, "each value once; 1 is repeated"),
    "no steps": ({"steps": 0}, "steps=0 is not allowed; allowed: a whole number >= 1"),
    "half a step": ({"steps": 1.5}, "steps=1.5 is not allowed"),
    "a rate": ({"learning_rate": -1}, "learning_rate=-1 is not allowed; allowed: a finite number > 0"),
    "a batch": ({"batch": 1501}, "batch=1501 is not allowed; allowed: a whole number <= 1797 - held_out, 1500"),
    "groups": ({"gradients": 100}, "gradients=100 is not allowed; allowed: a multiple of groups, 64"),
    "landing": (
        {"estimator": ("score_function",), "entropy": ("sticking_the_landing",)},
        "entropy=['sticking_the_landing'] is not allowed; allowed: closed_form too, unless estimator has pathwise",
    ),
    "one draw": (
        {"estimator": ("score_function_loo",), "samples": (1,)},
        "samples=[1] is not allowed; allowed: 2 or more for score_function_loo",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_allowed_is_one_line(name: str) -> None:
    keys, message = BAD[name]
    with pytest.raises(BadInput, match=re.escape(message)) as raised:
        VaeSettings(**keys)
    assert "\n" not in str(raised.value)


def test_leave_one_out_has_no_curve_of_one_draw() -> None:
    fits = list(VaeSettings().fits)
    assert len(fits) == 2 * (4 + 5)
    assert all(fit.samples > 1 for fit in fits if fit.method == Method("score_function_loo"))
    assert VaeSettings().methods == tuple(RULES)
    assert VaeSettings(entropy=("closed_form",)).methods == tuple(RULES)[:4]


def test_checkpoints_are_at_equal_ratios_from_the_start_to_the_end() -> None:
    settings = VaeSettings(steps=1000, checkpoints=6)
    assert settings.marks == (0, 10, 32, 100, 316, 1000)
    assert replace(settings, steps=1).marks == (0, 1)
    assert replace(settings, checkpoints=2).marks == (0, 1000)
