"""One block after the other, in this thread."""

from bench.spec import Executor

PLUGIN = Executor(name="serial", map=map)
