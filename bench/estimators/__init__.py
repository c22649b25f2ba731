"""Rules that turn noise and f into a gradient estimate, one a file."""
