"""What the document says beside the numbers."""

INTRODUCTION = """# Benchmarks beside other tools

What `tapedeck` takes for a job, and what it gets, beside tools that people use for the same: on one machine, in the
same run, by turns. Two loops without a product around them show what Python can do at all; they keep no state and trust
every answer. Written by `make bench-peers`; the numbers hold for this machine and these versions.
"""

QUICK = "These are from a look in passing, at {:g} of the sizes that the text names."

SUMMARY = """Processor time · wall, as multiples of tapedeck's: above 1 tapedeck takes less. *Not all* stands where a tool did not
finish, or lost something. What tapedeck loses is [below](#where-tapedeck-loses)."""

METHOD = """## How it was measured

- The platforms are simulated (`tapedeck bench --serve`) by a process of their own on the same machine, new for every
  run, and the same for all tools. Its work takes part of the machine, so *CPU* is a fairer measure than *wall*.
- There is no TLS and no network between: with both, all tools take more, and the shares change.
- The tools run by turns, A B C, A B C, each in an empty folder. Their start counts.
- *CPU* is the processor time of all processes that a command starts, from `wait4`; orphans are adopted and counted.
  *peak* is the sum of the peaks of these processes. *first record* is when the first record is in a file of the
  destination, looked for every 5 ms.
- *on disk* counts what the platform has and the destination holds, row by row against a census that was taken before;
  *lost* and *repeated* are what is missing and what is there too often. The worst round counts. A half line at the end
  of a file is no record.
- *requests* and *429s* are counted by the platform.
- Where a tool can have several requests under way it has eight. All read the same pages of 100, and try a request
  eight times. No tool reads incrementally: each run begins from nothing.
- All settings are at the end.
"""

CORRECTNESS = """A platform of 2 000 recordings does one thing wrong in the middle of the list. Needed are 20 requests. A tool is
stopped when it has sent ten times as many, or is not done in 20 seconds."""

LOSSES = """Every median that is at least 5 % worse than that of a tool which finished with everything right. What is behind it:

- A bare loop writes what came. tapedeck parses and normalises every record, compares it with what is known, enters it
  into a ledger, and has it on disk before the ledger says so.
- Under a limit of requests tapedeck finds the rate out from the first refusals, which costs a few waits; a short job
  does not get them back.
- A platform that is slow and has no limit is asked three at once at first and more as answers come, not eight at once."""

AGAIN = """## Again

```sh
make bench-peers                                 # everything, about 20 minutes; writes this page
make bench-peers ARGS="--quick"                  # small and once; writes to .build/peers
Tests/Benchmarks/run --job details --rounds 5    # one job
```

It needs Linux, Python 3.11 and a way to the Python package index, from which the tools come.
"""
