"""A Dask cluster: what is sent to its workers, what happens there, and how blocks are handed out."""
