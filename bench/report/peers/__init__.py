"""The report about other frameworks: a summary, a figure and a page, from peers.csv."""
