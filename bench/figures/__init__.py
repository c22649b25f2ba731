"""The figures of a report, one a file: tidy tables to a slice, the slice to one matplotlib Figure."""
