"""Wall-clock of an estimate: the engine's own kernels, alone, warm, interleaved."""
