"""The files of a run, where measuring and showing meet: what their columns are, how they are written and read."""
