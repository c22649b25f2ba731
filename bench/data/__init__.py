"""Where x_1..x_n come from, one dataset a file."""
