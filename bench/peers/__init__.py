"""The same work in the frameworks that people use: gradient estimates in NumPy, PyTorch and JAX, checked and timed."""
