"""The figures of a report, one a file: tidy tables in, one matplotlib Figure out."""
