"""What is timed: how much of it, how often, and what of the time counts, by a clock that work moves on."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from bench.clock import work
from bench.clock.work import LEAST_NS, Batch, calibrated, compile_seconds
from bench.engine import blocks, noise
from bench.engine.blocks import Assignment
from bench.engine.program import link
from bench.engine.workspace import workspace
from bench.kernels import calls
from bench.laws.cases import DATA
from bench.plan.cells import Plan
from bench.plan.streams import form_of
from bench.plan.tiling import CHUNK, TILE, WIDE_TILE
from bench.spec import Cell, Kernel, Points, Variant, Weight
from tests.support.cases import NORMAL_FAMILY
from tests.support.rules import RULES
from tests.support.streams import BUDGET, CELL, PER_DATUM, stream_of, variants_of, with_block

PLAN = Plan((CELL,), (), {}, (), {"normal": NORMAL_FAMILY}, {3: DATA}, "test", BUDGET)


@dataclass
class Clock:
    """Every tile takes so long to be drawn and to be run, and the first time in a batch much longer."""

    draw_ns: int = 5_000
    run_ns: int = 2_000
    now: int = 0
    warm: set[tuple[str, int]] = field(default_factory=set)

    def worker(self, kind: str, ns: int) -> Callable[[Batch], None]:
        def act(batch: Batch) -> None:
            cold = (kind, id(batch.noise)) not in self.warm
            self.warm.add((kind, id(batch.noise)))
            self.now += ns * batch.tiles * (1000 if cold else 1)

        return act


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "perf_counter_ns", lambda: clock.now)
    monkeypatch.setattr(Batch, "draw", clock.worker("draw", clock.draw_ns))
    monkeypatch.setattr(Batch, "run", clock.worker("run", clock.run_ns))
    return clock


def work_of(estimator: str = "pathwise") -> work.Work:
    return calibrated(PLAN, CELL, Variant(estimator), RULES, form_of(CELL, RULES))


def test_times_are_ns_per_estimate_and_warm(clock: Clock) -> None:
    """A tile gives TILE estimates of one draw."""
    assert work_of().time() == pytest.approx((clock.draw_ns / TILE, clock.run_ns / TILE), rel=1e-12)


def test_every_timed_call_is_long_enough_and_no_longer(clock: Clock) -> None:
    timed = work_of()
    for ns, repeats in zip((clock.draw_ns, clock.run_ns), timed.repeats, strict=True):
        once = ns * timed.batch.tiles
        assert (repeats - 1) * once < LEAST_NS <= repeats * once


def test_what_a_round_takes_is_what_its_calls_take(clock: Clock) -> None:
    timed = work_of()
    start = clock.now
    timed.time()
    assert timed.round_ns == pytest.approx(clock.now - start, rel=1e-12)


def test_a_batch_is_no_larger_than_a_chunk(clock: Clock) -> None:
    """Noise of more would not stay in the cache between drawing and kernels."""
    assert LEAST_NS / clock.run_ns > CHUNK // TILE
    assert work_of().batch.tiles == CHUNK // TILE


def test_a_batch_of_slow_work_has_as_few_tiles_as_are_long_enough(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiles = 3
    monkeypatch.setattr(Batch, "run", clock.worker("run", LEAST_NS // tiles + 1))
    assert work_of().batch.tiles == tiles


def test_a_batch_does_what_the_engine_does_of_a_block() -> None:
    """All the tiles of one chunk, drawn and then run; estimates of 7 draws span the segments of a tile."""
    tiles = CHUNK // TILE
    stream = with_block(stream_of([replace(CELL, samples=7)], ["pathwise"]), tiles * TILE)
    (subgrid,) = stream.subgrids
    linked = link(stream, subgrid, PLAN.data)
    space, buffer, sources = workspace(stream, linked), noise.buffer(stream, tiles), noise.generators(stream, 3, 0)
    batch = Batch(stream, linked, space, sources, buffer, tiles, float(tiles * (TILE // 7)))
    batch.draw()
    batch.run()
    (sums,) = blocks.run(Assignment(b"batch", stream, PLAN.data, seed=3), block=0)
    np.testing.assert_array_equal(space.power_sums, sums)


@pytest.mark.parametrize(
    ("estimator", "cell", "kernels"),
    [
        ("pathwise", CELL, {"slope", "transport", "path"}),
        ("score_function", CELL, {"value", "transport", "score"}),
        ("score_function_local", PER_DATUM, {"terms", "transport", "score"}),
        ("second_order", CELL, {"slope", "curvature", "transport", "combine"}),
        ("score_function_loo", replace(CELL, samples=2), {"value", "transport", "score", "joint"}),
        ("own_on_both", CELL, {"value", "slope", "transport", "score", "path", "own score", "own path"}),
        ("differences", CELL, {"value", "slope", "place", "combine"}),
        ("differences", PER_DATUM, {"terms", "slope", "place", "combine"}),
    ],
)
def test_compiling_is_that_of_the_kernels_that_an_estimator_uses(
    monkeypatch: pytest.MonkeyPatch, estimator: str, cell: Cell, kernels: set[str]
) -> None:
    form, (subgrid,) = form_of(cell, RULES), stream_of([cell], [estimator], RULES).subgrids
    rule = subgrid.members[0].rule
    names = {kernel: name for name, kernel in form._asdict().items()}
    names |= {NORMAL_FAMILY.path: "path", NORMAL_FAMILY.score: "score", NORMAL_FAMILY.transport: "transport"}
    if isinstance(rule, Points):
        names |= {rule.combine: "combine", rule.place: "place"}
    else:
        own = {"own score": rule.score, "own path": rule.path}
        names |= {weight.kernel: name for name, weight in own.items() if isinstance(weight, Weight)}
        names[rule.joint] = "joint"
    compiled = []

    def linked(kernel: Kernel, signature: object) -> calls.Linked:
        compiled.append(names[kernel])
        return calls.Linked(1, 0.5)

    monkeypatch.setattr(calls, "linked", linked)
    assert compile_seconds(form, subgrid, cell.dimension) == 0.5 * len(kernels)
    assert sorted(compiled) == sorted(kernels)


@pytest.mark.parametrize("name", ["score_function_loo", "own_on_both", "differences", "frozen"])
def test_every_kind_of_estimator_can_be_timed(clock: Clock, name: str) -> None:
    (variant,) = variants_of([name], RULES)
    cell = replace(PER_DATUM, samples=2, components="untied", theta=(0.3, (0.5, 1.0, 2.0)))
    timed = calibrated(replace(PLAN, cells=(cell,)), cell, variant, RULES, form_of(cell, RULES))
    assert timed.time() == pytest.approx((2 * clock.draw_ns / TILE, 2 * clock.run_ns / TILE), rel=1e-12)


def test_many_components_are_timed_in_the_tiles_of_the_engine(clock: Clock) -> None:
    """However many there are: nothing shrinks, for no budget is spent."""
    data = np.linspace(-1, 1, 5000)
    cell = replace(PER_DATUM, dataset_size=data.size, dimension=data.size)
    wide = replace(PLAN, cells=(cell,), data={data.size: data})
    timed = calibrated(wide, cell, Variant("pathwise"), RULES, form_of(cell, RULES))
    assert timed.batch.stream.cut.tile == WIDE_TILE


def test_a_small_budget_is_timed_in_the_smallest_tiles(clock: Clock) -> None:
    """For f may be expensive."""
    timed = calibrated(replace(PLAN, budget=10_000), CELL, Variant("pathwise"), RULES, form_of(CELL, RULES))
    assert timed.batch.stream.cut.tile == 64
    assert timed.time() == pytest.approx((clock.draw_ns / 64, clock.run_ns / 64), rel=1e-12)


def test_real_work_takes_time() -> None:
    timed = work_of("score_function")
    assert all(0 < ns < math.inf for ns in timed.time())
    assert timed.round_ns >= 2 * LEAST_NS * (1 - 1e-12)
