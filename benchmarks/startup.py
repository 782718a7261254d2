"""CPU time of `symbiosis --help` over that of a Python that does nothing: it must feel instant.

Run as ``python benchmarks/startup.py``; the exit status is 1 where the limit is broken.
"""

import os
import subprocess
import sys
from pathlib import Path

LIMIT = 0.2  # seconds of CPU, for the best of RUNS
RUNS = 7
ROOT = Path(__file__).resolve().parents[1]


def cpu_seconds(*arguments: str) -> float:
    """Return the CPU time of one run of Python, user and system, waited for [s]."""
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"python {' '.join(arguments)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def best(*arguments: str) -> float:
    """Return the least CPU time of several runs: the first also warms the disk [s]."""
    return min(cpu_seconds(*arguments) for _ in range(RUNS))


def main() -> int:
    nothing = best("-c", "pass")
    help_page = best("-m", "symbiosis.cli", "--help")
    verdict = "kept" if help_page <= LIMIT else "broken"
    print(f"python -c pass                 {nothing:.3f} s CPU, best of {RUNS}")
    print(f"python -m symbiosis.cli --help {help_page:.3f} s CPU, best of {RUNS}")
    print(f"ratio {help_page / nothing:.1f}, limit {LIMIT} s {verdict}")
    return int(help_page > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
