"""What is measured: the cells of the grid, the skips, which jobs share draws, how draws are cut."""
