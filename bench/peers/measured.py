"""How every peer is run: a task in JSON comes in, one line of JSON goes out."""

import json
import resource
import sys


def peak_bytes():
    """The most memory that this process has held.

    Linux keeps it for the program itself in /proc; what `getrusage` says may
    be that of the program which started this one.
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


def tell(work):
    """Does the task of the command line; `work` gives seconds and facts.

    `work` may give a third value, the peak of all processes that it started.
    """
    seconds, facts, *others = work(json.loads(sys.argv[1]))
    peak = peak_bytes() + sum(others)
    print(json.dumps({"seconds": seconds, "peakBytes": peak, "facts": facts}))
