"""A peer is called by its framework and its variant."""

from bench.peers.known import PEERS


def test_every_peer_has_a_name_of_its_own() -> None:
    names = [peer.name for peer in PEERS]
    assert names[0] == "numpy pcg64"
    assert len(set(names)) == len(names)
