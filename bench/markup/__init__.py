"""Numbers, names and blocks of a report as text."""
