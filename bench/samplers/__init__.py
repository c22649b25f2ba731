"""How draws depend on each other, one sampler a file; a `BaseNoise` such as `kernels/normal.py`'s NORMAL draws them."""
