"""Data that no memory holds are refused before they are there."""

import pytest

from bench.errors import BadInput
from bench.plan.room import require_room


@pytest.mark.parametrize(
    ("sizes", "latents"),
    [([], ["per_datum"]), ([10**8], ["shared"]), ([10**6], ["shared", "per_datum"]), ([6 * 10**5] * 2, ["per_datum"])],
)
def test_what_there_is_room_for(sizes: list[int], latents: list[str]) -> None:
    require_room(sizes, latents)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sizes", "latents", "message"),
    [
        ([10**9], ["shared"], "dataset_size=1000000000 is not allowed; allowed: up to 100000000 data in all; "),
        ([10**9], ["shared"], "1000000000 would take 24 GB of memory, 24 bytes each"),
        ([10**8, 1], ["shared"], "dataset_size=[100000000,1] is not allowed; allowed: up to 100000000 data in all; "),
        (
            [10**7],
            ["shared", "per_datum"],
            "allowed: up to 1000000 where the latent is per_datum, a y for each datum; ",
        ),
        ([10**7], ["per_datum"], "10000000 would take 35 GB of memory, 3500 bytes each"),
    ],
)
def test_what_there_is_no_room_for(sizes: list[int], latents: list[str], message: str) -> None:
    with pytest.raises(BadInput) as caught:
        require_room(sizes, latents)  # type: ignore[arg-type]
    assert message in str(caught.value)
