"""The web page of a run: one file that needs no network, with every table, every figure and an explorer."""
