"""The files of a run, where measuring and showing meet."""
