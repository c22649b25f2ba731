"""Kernels and rules of which plug-ins are made that keep the contract or break it."""

from bench.kernels.jit import kernel


def undecorated(noise, j, theta, phi, f, first, out):
    pass


@kernel
def combine(noise, j, theta, phi, f, first, out):
    pass


@kernel
def place(noise, j, theta, phi, x):
    pass


@kernel
def too_few(noise, theta):
    pass
