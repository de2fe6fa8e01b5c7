import itertools

from simulate.demand.streams import stream


def test_a_name_always_gives_the_same_numbers() -> None:
    first = stream(7, 3, "payment/delay/search").random(5)
    again = stream(7, 3, "payment/delay/search").random(5)
    assert first.tobytes() == again.tobytes()


def test_the_numbers_of_a_name_are_fixed_for_good() -> None:
    raw = stream(7, 3, "payment/delay/search").bit_generator.random_raw(2)
    assert raw.tolist() == [17331760801441499955, 11390203304375750634]


def test_another_seed_replication_or_purpose_gives_other_numbers() -> None:
    drawn = [
        stream(seed, replication, purpose).integers(2**63)
        for seed, replication, purpose in itertools.product((1, 11), (1, 11), ("a", "1"))
    ]
    assert len(set(drawn)) == 8
