"""What the tests of `compare` share: runs that differ in one thing each."""

from pathlib import Path

import pytest

from tests.support import compared


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with runs: equal, slower, another CPU, a changed gradient, other versions, fewer rows."""
    folder, frames = tmp_path_factory.mktemp("runs"), compared.tables()
    timings, statistics = frames["timings"].copy(), frames["statistics"].copy()
    timings.loc[0, ["estimate_ns", "estimate_ns_low", "estimate_ns_high"]] *= 1.3
    statistics.loc[0, "gradient"] += 1.0
    another = {"cpu": compared.CPU | {"model": "Another CPU"}}
    compared.run(folder / "base", frames)
    compared.run(folder / "same", frames)
    compared.run(folder / "slow", frames | {"timings": timings})
    compared.run(folder / "elsewhere", frames | {"timings": timings}, **another)
    compared.run(folder / "wrong", frames | {"statistics": statistics}, **compared.OTHER_NUMPY)
    compared.run(folder / "digit", frames | {"statistics": frames["statistics"].assign(kurtosis=10.5)})
    compared.run(folder / "fewer", {name: frame.iloc[2:] for name, frame in frames.items()})
    compared.run(folder / "data", frames, data={"n": 10, "sha256": "bad"})
    compared.run(folder / "slow data", frames | {"timings": timings}, data={"n": 10, "sha256": "bad"})
    compared.run(folder / "nothing", {name: frame.iloc[:0] for name, frame in frames.items()})
    return folder
