"""One setting of the threads, in a process of its own: what is asked comes as JSON on standard input, rows go out so.

The processors are given up before any library starts its threads; the environment has told the libraries as much.
"""

import json
import os
import signal
import sys

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interrupt is told by the process that asks
    wanted = json.load(sys.stdin)
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-wanted["workers"] :])
    from bench.peers.timed import answer

    sys.exit(answer(wanted))
