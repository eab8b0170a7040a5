import numpy as np
import pytest

from pocketrocket_spark.counting import bounds_of, joined, partials_of
from pocketrocket_spark.fitting import Fit, pairs_of_fit


@pytest.mark.parametrize(
    ("num_ranges", "bounds"), [(1, [0, 4]), (2, [0, 1, 4]), (4, [0, 1, 2, 4]), (40, [0, 1, 2, 3, 4])]
)
def test_ranges_of_items_have_about_as_many_ratings(num_ranges: int, bounds: list[int]) -> None:
    assert bounds_of(np.array([50, 20, 20, 10]), num_ranges) == bounds


def test_sums_go_to_the_task_of_their_range() -> None:
    sums = {
        "offsets": np.array([0, 2, 2, 3], "<i4"),
        "items": np.array([1, 2, 0], "<i4"),
        "sums": np.array([0.5, 1.5, 2.5]),
    }
    rows = [batch.to_pylist()[0] for batch in partials_of(sums, [0, 1, 2, 3])]
    assert [row["place"] for row in rows] == [0, 2]
    assert np.frombuffer(rows[0]["offsets"], "<i4").tolist() == [0, 2]
    assert np.frombuffer(rows[1]["items"], "<i4").tolist() == [0]
    assert np.frombuffer(rows[1]["sums"], "<f8").tolist() == [2.5]


def test_finished_ranges_are_one_matrix() -> None:
    def part(offsets: list[int], items: list[int]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.number]]]:
        return {
            "transitions.offsets": np.array(offsets, "<i4"),
            "transitions.items": np.array(items, "<i4"),
            "transitions.weights": np.array(items, "<f4"),
        }

    tensors = joined([part([0, 2, 2, 2], [1, 2]), part([0, 0, 0, 1], [0])], "transitions").tensors
    assert tensors["transitions.offsets"].tolist() == [0, 2, 2, 3]
    assert tensors["transitions.items"].tolist() == [1, 2, 0]
    assert tensors["transitions.offsets"].dtype.str == "<i4"
    assert tensors["transitions.weights"].dtype.str == "<f4"


def test_knows_how_many_pairs_there_can_be() -> None:
    def fit(name: str, **options: object) -> Fit:
        return Fit(name, options, 1, 1000, 0, {})

    assert pairs_of_fit(fit("coVisitation", window=20, isDirected=False), 500) == 40_000
    assert pairs_of_fit(fit("transitions", window=20, isDirected=True), 100) == 10_000
    assert pairs_of_fit(fit("ease"), 100) == 0
