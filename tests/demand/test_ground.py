from simulate.demand.ground import MOST_KNOWN, ground_of

from .shop import shop


def test_the_ground_of_a_scenario_is_worked_out_once() -> None:
    scenario = shop()
    assert ground_of(scenario) is ground_of(scenario)


def test_scenarios_that_look_alike_are_not_taken_for_each_other() -> None:
    """What is kept belongs to the very object, so that nothing is ever compared."""
    one, other = shop(), shop(traffic="2x")
    assert ground_of(one).rates.expected.sum() * 2 == ground_of(other).rates.expected.sum()
    assert ground_of(shop()) is not ground_of(one)


def test_only_so_many_are_kept() -> None:
    first = shop()
    ground = ground_of(first)
    for _ in range(MOST_KNOWN):
        ground_of(shop())
    again = ground_of(first)
    assert again is not ground
    assert again.rates.expected.tobytes() == ground.rates.expected.tobytes()
