"""Compiled code: the decorator of all kernels, their calls by address, fast normals."""
