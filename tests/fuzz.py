"""`python -m tests.fuzz NUMBER [FIRST]`: random scenarios with every option, on both floors."""

import sys

from simulate.evidence.floors import compare


def difference_in(number: int) -> str:
    """Return in what the floors differ on random scenario `number`, nothing if in nothing."""
    return compare(number, grid=False).difference


def main(number: int, first: int) -> int:
    """Compare the floors on scenarios from `first` on and return how many differ."""
    different = 0
    for index in range(first, first + number):
        found = difference_in(index)
        if found:
            different += 1
            print(f"\rscenario {index}: the floors differ in {found}")
        done = index - first + 1
        if sys.stdout.isatty() or done == number:
            print(f"\r{done:,} of {number:,} scenarios, {different} differ", end="", flush=True)
    print()
    return different


if __name__ == "__main__":
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    sys.exit(1 if main(int(sys.argv[1]), first) else 0)
