import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from scipy import stats

from simulate.demand.streams import stream
from simulate.demand.variation import factors, gamma_factors, lines_of, pick, spread_of
from simulate.scenario.distributions import Distribution, Lines

N = 100_000


def distribution(**given_as: object) -> Distribution:
    parsed: Distribution = TypeAdapter(Distribution).validate_python(given_as)
    return parsed


def lines(**given_as: object) -> Lines:
    parsed: Lines = TypeAdapter(Lines).validate_python(given_as)
    return parsed


@pytest.mark.parametrize(
    ("kind", "law"),
    [
        (distribution(kind="exponential"), stats.expon()),
        (distribution(kind="gamma", cv=0.5), stats.gamma(4, scale=1 / 4)),
        (distribution(kind="gamma", cv=2), stats.gamma(1 / 4, scale=4)),
        (distribution(kind="erlang", phases=3), stats.gamma(3, scale=1 / 3)),
        (
            distribution(kind="lognormal", cv=0.5),
            stats.lognorm(s=np.log(1.25) ** 0.5, scale=1.25**-0.5),
        ),
    ],
)
def test_factors_follow_the_law_of_mean_1(kind: Distribution, law: stats.rv_continuous) -> None:
    assert law.mean() == pytest.approx(1)
    if kind.kind in ("gamma", "lognormal"):
        assert law.std() == pytest.approx(kind.cv)
    drawn = factors(kind, stream(1, 0, "test"), N)
    assert stats.kstest(drawn, law.cdf).pvalue > 0.001
    assert drawn.mean() == pytest.approx(1, abs=4 * law.std() / N**0.5)


@pytest.mark.parametrize("off", [0.0001, 0.01, 0.2, 0.5, 0.9, 1.0])
def test_an_error_is_off_by_up_to_so_much_in_nine_of_ten_cases(off: float) -> None:
    shape = 1 / spread_of(off) ** 2
    law = stats.gamma(shape, scale=1 / shape)
    assert law.cdf(1 + off) - law.cdf(1 - off) == pytest.approx(0.9, abs=1e-4)
    drawn = gamma_factors(spread_of(off), stream(1, 0, "test"), N)
    inside = int((np.abs(drawn - 1) <= off).sum())
    assert stats.binomtest(inside, N, 0.9).pvalue > 0.001


def test_a_larger_error_spreads_more() -> None:
    spreads = [spread_of(off) for off in np.linspace(0.0005, 1, 200)]
    assert (np.diff(spreads) > 0).all()


def test_deterministic_factors_are_1() -> None:
    assert factors(distribution(kind="deterministic"), stream(1, 0, "test"), 3).tolist() == [1] * 3


def test_observed_values_are_scaled_to_mean_1_and_equally_likely() -> None:
    drawn = factors(distribution(kind="empirical", observed=(10, 20, 60)), stream(1, 0, "t"), N)
    values, counts = np.unique(drawn, return_counts=True)
    assert values == pytest.approx([1 / 3, 2 / 3, 2])
    assert stats.chisquare(counts).pvalue > 0.001


@given(
    st.sampled_from(
        [
            distribution(kind="exponential"),
            distribution(kind="lognormal", cv=0.3),
            distribution(kind="gamma", cv=1.5),
            distribution(kind="erlang", phases=2),
            distribution(kind="empirical", observed=(0, 1, 2)),
        ]
    ),
    st.integers(0, 50),
    st.integers(0, 50),
)
def test_more_items_leave_the_first_ones_as_they_were(
    kind: Distribution, n: int, more: int
) -> None:
    short = factors(kind, stream(1, 0, "test"), n)
    long = factors(kind, stream(1, 0, "test"), n + more)
    assert long[:n].tobytes() == short.tobytes()


def test_lines_by_hand() -> None:
    draws = np.array([0.0, 0.69, 0.71, 0.89, 0.91, 0.999])
    assert lines_of(lines(kind="fixed", count=3), draws).tolist() == [3] * 6
    shares = lines(kind="empirical", shares={3: "10%", 1: "70%", 2: "20%"})
    assert lines_of(shares, draws).tolist() == [1, 1, 2, 2, 3, 3]
    # Half of the orders have one line, a quarter two, an eighth three.
    twice = lines(kind="geometric", mean=2)
    halves = np.array([0.49, 0.51, 0.74, 0.76, 0.87, 0.88])
    assert lines_of(twice, halves).tolist() == [1, 2, 2, 3, 3, 4]
    assert lines_of(lines(kind="geometric", mean=1), draws).tolist() == [1] * 6


def test_geometric_lines_have_their_mean_and_shape() -> None:
    drawn = lines_of(lines(kind="geometric", mean=2.5), stream(1, 0, "test").random(N))
    chances = stats.geom(1 / 2.5).pmf(np.arange(1, 12))
    counts = np.bincount(drawn, minlength=12)[1:12]
    observed = np.append(counts, N - counts.sum())
    assert stats.chisquare(observed, N * np.append(chances, 1 - chances.sum())).pvalue > 0.001


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=6).filter(lambda shares: sum(shares) > 0),
    st.floats(0, 1, exclude_max=True),
)
def test_only_what_has_a_share_is_picked(shares: list[float], draw: float) -> None:
    assert shares[int(pick(np.array(shares), np.array([draw]))[0])] > 0


def test_shares_that_are_all_0_are_refused() -> None:
    with pytest.raises(ValueError, match="all shares are 0"):
        pick(np.zeros(3), np.array([0.5]))
