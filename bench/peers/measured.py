"""How every peer runs: a task in JSON comes in, one line of JSON goes out."""

import json
import resource
import sys


def peak_bytes():
    """The peak memory of this process.

    On Linux it is read from /proc: `getrusage` may report the peak of the
    program that started this one.
    """
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return 1024 * int(line.split()[1])
    except OSError:
        pass
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


def report(work):
    """Does the task of the command line; `work` returns seconds and facts.

    `work` may return a third value, the peak of all processes that it started.
    """
    seconds, facts, *others = work(json.loads(sys.argv[1]))
    peak = peak_bytes() + sum(others)
    print(json.dumps({"seconds": seconds, "peakBytes": peak, "facts": facts}))
