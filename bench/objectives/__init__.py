"""The functions f whose expectation is differentiated, one a file."""
