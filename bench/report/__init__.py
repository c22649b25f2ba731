"""Tables to report.md, index.html and the files of the figures."""
