"""Independent draws, the plain Monte Carlo of every textbook."""

from bench.spec import Sampler

PLUGIN = Sampler(name="iid", fill=lambda generator, channel, out: channel.fill(generator, out))
