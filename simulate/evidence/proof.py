"""What a proof is: cases to be tried, and what came out of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["theory", "floors", "oracle", "worked", "averages", "coverage", "laws"]
KINDS: tuple[Kind, ...] = (
    "theory",
    "floors",
    "oracle",
    "worked",
    "averages",
    "coverage",
    "laws",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was held against what it should be, and whether it `holds`.

    `case` names the case, `measure` what of it was looked at, if that needs a name. What the
    numbers are depends on the kind of the case:

    theory, averages: the formula's value is `expected`, the mean over `trials` replications
    `estimate`, with its interval `low` to `high`. coverage: the share `estimate` of `trials`
    intervals that hold the true value, `expected` of them, `low` to `high` allowed. floors, oracle,
    worked, laws: of `trials` scenarios, campaigns, times or replications, `wrong` were not as they
    should be; `orders` were looked at in all. For oracle `estimate` is the largest difference in
    seconds. `fault` says what was wrong first, for who has to find it.
    """

    case: str
    measure: str = ""
    expected: float | None = None
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    trials: int = 0
    orders: int = 0
    wrong: int = 0
    holds: bool
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try: `quick` for a sample in seconds, and how many processes to use."""

    quick: bool = True
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Case:
    """Something to be tried; `run` gives one or more checks."""

    kind: Kind
    name: str
    run: Callable[[Effort], Sequence[Check]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """All checks of one kind of case, in the order of the cases."""

    kind: Kind
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether every check holds, and there is one."""
        return bool(self.checks) and all(check.holds for check in self.checks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The outcome of a whole verification; `fingerprint` is that of `verify.fingerprint`."""

    fingerprint: str
    quick: bool
    proofs: tuple[Proof, ...]

    @property
    def holds(self) -> bool:
        """Whether everything holds, and something was looked at."""
        return bool(self.proofs) and all(proof.holds for proof in self.proofs)

    def of(self, kind: Kind) -> Proof:
        """Return the proof of a kind, without checks if there is none."""
        return next((p for p in self.proofs if p.kind == kind), Proof(kind=kind, checks=()))
