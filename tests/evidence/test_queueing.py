import math

import pytest

from simulate.evidence.queueing import (
    erlang_a,
    erlang_c,
    in_time_mmc,
    mean_busy,
    must_wait,
    served_lognormal,
    wait_mg1,
    wait_mmc,
    waits_by_class,
)


def test_erlang_c() -> None:
    # One server is busy a share `load` of the time; two with load 1 are both busy a third of it.
    assert erlang_c(1, 0.7) == pytest.approx(0.7)
    assert erlang_c(2, 1.0) == pytest.approx(1 / 3)
    # By the sum: (a^c / c!) c / (c - a) over itself plus the sum of a^k / k! below c.
    servers, load = 5, 3.3
    all_busy = load**servers / math.factorial(servers) * servers / (servers - load)
    below = sum(load**k / math.factorial(k) for k in range(servers))
    assert erlang_c(servers, load) == pytest.approx(all_busy / (all_busy + below))
    assert erlang_c(3, 0) == 0
    assert 0 < erlang_c(2000, 1990) < 1


@pytest.mark.parametrize("load", [1.0, 1.1, -0.1])
def test_a_line_that_cannot_keep_up_has_no_steady_state(load: float) -> None:
    with pytest.raises(ValueError, match="cannot keep up"):
        erlang_c(1, load)
    with pytest.raises(ValueError, match="cannot keep up"):
        wait_mg1(load, 1, 1)


def test_waits() -> None:
    # M/M/1 with rho 0.75 and work of 60 s: rho / (1 - rho) x work.
    assert wait_mmc(0.75 / 60, 60, 1) == pytest.approx(180)
    assert wait_mg1(0.75 / 60, 60, 1) == pytest.approx(180)
    assert wait_mg1(0.75 / 60, 60, 0) == pytest.approx(90)
    assert wait_mmc(1, 1, 2) == pytest.approx(1 / 3)


def test_classes_share_the_wait_of_one_queue() -> None:
    # Two classes alike: together they wait as M/M/1 does, 75 % busy, 180 s on average.
    first, second = waits_by_class([0.5 / 60, 0.25 / 60], [60, 60], [1, 1])
    assert first < 180 < second
    assert (2 * first + second) / 3 == pytest.approx(180)
    # By hand: R = 0.75 x 60 s; 45 / (1 - 0.5) and 45 / (0.5 x 0.25).
    assert first == pytest.approx(90)
    assert second == pytest.approx(360)


def test_one_class_is_no_class() -> None:
    assert waits_by_class([0.01], [60], [0.5]) == [pytest.approx(wait_mg1(0.01, 60, 0.5))]
    with pytest.raises(ValueError, match="cannot keep up"):
        waits_by_class([0.01, 0.01], [60, 60], [0, 0])


def test_endless_patience_is_no_patience() -> None:
    gives_up, wait = erlang_a(0.03, 60, 2, 1e10)
    assert gives_up == pytest.approx(0, abs=1e-6)
    assert wait == pytest.approx(wait_mmc(0.03, 60, 2), rel=1e-4)


def test_patience_as_long_as_the_work_is_a_poisson_number() -> None:
    # One server, work and patience both 60 s on average: each of n present leaves at 1 / 60 a
    # second, so that n is Poisson of mean rate x 60 = 2; of those 2 a minute 1 - e^-2 are served.
    gives_up, wait = erlang_a(2 / 60, 60, 1, 60)
    assert gives_up == pytest.approx(1 - (1 - math.exp(-2)) / 2)
    # Who finds n moves up n times, at rates (1 + n) / 60 ... 2 / 60, and gets there with 1/(n+1).
    by_hand = sum(
        math.exp(-2)
        * 2**n
        / math.factorial(n)
        / (n + 1)
        * sum(60 / (i + 1) for i in range(1, n + 1))
        for n in range(40)
    ) / (1 - gives_up)
    assert wait == pytest.approx(by_hand)


def test_who_has_to_wait() -> None:
    # The same Poisson number of mean 2: nobody is there e^-2 of the time. Two servers, and work
    # and patience of 30 s: mean 1, and 0 or 1 present 2/e of the time.
    assert must_wait(2 / 60, 60, 1, 60) == pytest.approx(1 - math.exp(-2))
    assert must_wait(2 / 60, 30, 2, 30) == pytest.approx(1 - 2 / math.e)
    assert must_wait(0.03, 60, 2, 1e10) == pytest.approx(erlang_c(2, 1.8), rel=1e-4)


def test_people_at_work_when_the_rate_changes() -> None:
    # 2 a second for 10 s, then none; each takes exactly 4 s.
    def busy(time: float) -> float:
        return mean_busy([0, 10, 20], [2, 0], lambda x: min(x, 4), time)

    assert [busy(time) for time in (0, 1, 4, 9, 10, 12, 14, 20)] == [0, 2, 8, 8, 8, 4, 0, 0]


def test_what_a_lognormal_time_leaves() -> None:
    served = served_lognormal(30, 0.8)
    assert served(0) == 0
    assert served(1e9) == pytest.approx(30)
    # The slope is the chance to take longer: for the median of a lognormal, a half.
    median = 30 / math.sqrt(1 + 0.8**2)
    assert (served(median + 1e-4) - served(median - 1e-4)) / 2e-4 == pytest.approx(0.5, rel=1e-4)


def test_orders_in_time() -> None:
    # M/M/1: wait and work together are exponential at the rate 1 / work - arrival rate.
    assert in_time_mmc(0.75, 1, 1, 2) == pytest.approx(1 - math.exp(-0.25 * 2))
    # Very many servers: nobody waits, and only the work counts.
    assert in_time_mmc(1, 1, 40, 1.5) == pytest.approx(1 - math.exp(-1.5))
    # Servers free for one order on average: the limit of those nearby.
    near = [in_time_mmc(load, 1, 3, 2) for load in (2 - 1e-6, 2, 2 + 1e-6)]
    assert near[1] == pytest.approx((near[0] + near[2]) / 2)
    # By integrating what is late: the mean time in the line is wait and work.
    step = 0.01
    late = sum(1 - in_time_mmc(3.6, 1, 4, step * (k + 0.5)) for k in range(20_000))
    assert late * step == pytest.approx(wait_mmc(3.6, 1, 4) + 1, rel=1e-4)
