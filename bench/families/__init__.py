"""The distributions of one component of y, one a file."""
