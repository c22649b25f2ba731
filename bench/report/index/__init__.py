"""The index of runs: one page that lists the runs of a folder, and a page for each two that share rows."""
