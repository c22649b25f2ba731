"""The parts of README.md and docs/ that are made from runs: `python -m bench.documents` makes them anew.

Numbers in the documents are those of reports/reference and of reports/studies; nobody types them.
"""
