"""Several sweeps become one run: statistics of the same cell are pooled, times stay apart by machine."""
