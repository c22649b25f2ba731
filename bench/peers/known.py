"""The peers that there are, by framework, and what there is to say of a framework that is not installed."""

from importlib.util import find_spec

from bench.peers import with_jax, with_numpy, with_torch
from bench.peers.spec import Peer

PEERS: tuple[Peer, ...] = (*with_numpy.PEERS, *with_torch.PEERS, *with_jax.PEERS)
FRAMEWORKS = tuple(dict.fromkeys(peer.framework for peer in PEERS))
OURS = "bench"  # in the column of frameworks


def lacking(framework: str) -> str:
    """Why a framework cannot be timed here, with the way to install it; empty where it can."""
    if find_spec(framework) is not None:
        return ""
    return f"{framework} is not installed; make peers, or pip install 'mcgrad-bench[peers]'"
