"""Who runs the blocks, one executor a file."""
