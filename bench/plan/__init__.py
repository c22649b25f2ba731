"""What is measured: the cells of the grid, the skips, who shares draws, how draws are cut."""
