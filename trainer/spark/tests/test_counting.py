from itertools import pairwise

import numpy as np
import pytest

from pocketrocket_spark.counting import Counting, bounds_of, joined, partials_of, row_of, rows_of
from pocketrocket_spark.frames import Frame


@pytest.mark.parametrize("num_ranges", [0, 1, 2, 7, 40])
def test_ranges_have_about_as_many_ratings_and_items(num_ranges: int) -> None:
    counts = np.array([1000, 500, *range(98, 0, -1)])
    bounds = bounds_of(counts, num_ranges)
    assert bounds[0] == 0
    assert bounds[-1] == 100
    assert len(bounds) - 1 <= max(1, num_ranges)
    for first, last in pairwise(bounds):
        assert last - first <= 2 * 100 / max(1, num_ranges) + 1
        assert counts[first:last].sum() <= 2 * counts.sum() / max(1, num_ranges) + counts[first]


def test_a_task_counts_as_many_pairs_at_a_time_as_it_has_memory_for() -> None:
    counting = Counting("ease", num_pairs=10_000_000, num_pairs_in_part=9_000_000)
    ranges = counting.ranges(np.full(100, 7))
    assert len(ranges) == 10
    passes = counting.passes(ranges)
    assert [len(one) for one in passes] == [4, 4, 2]
    assert [items for one in passes for items in one] == ranges
    assert len(Counting("popularity").passes(Counting("popularity").ranges(np.full(100, 7)))) == 1


def test_sums_go_to_the_task_of_their_range() -> None:
    sums = {
        "firstItem": np.array([4], "<i4"),
        "offsets": np.array([0, 2, 2, 3], "<i4"),
        "items": np.array([1, 2, 0], "<i4"),
        "sums": np.array([0.5, 1.5, 2.5]),
    }
    parts = [one.tensors for one in partials_of(sums, [(4, 5), (5, 6), (6, 7)])]
    assert [int(one["firstItem"][0]) for one in parts] == [4, 5, 6]
    assert [one["offsets"].tolist() for one in parts] == [[0, 2], [0, 0], [0, 1]]
    assert [one["items"].tolist() for one in parts] == [[1, 2], [], [0]]
    assert [one["sums"].tolist() for one in parts] == [[0.5, 1.5], [], [2.5]]
    counts = {"counts": np.array([3, 4], "<i4")}
    assert [one.tensors["counts"].tolist() for one in partials_of(counts, [(0, 2)])] == [[3, 4]]


def test_frames_come_out_of_rows_as_they_went_in() -> None:
    batches = [row_of(place, Frame("partial", {}, {"counts": np.full(place, 7, "<i4")})) for place in (0, 3)]
    rows = list(rows_of(batches))
    assert [place for place, _ in rows] == [0, 3]
    assert [frame.tensors["counts"].tolist() for _, frame in rows] == [[], [7, 7, 7]]


def test_finished_ranges_are_one_matrix() -> None:
    def part(offsets: list[int], items: list[int]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.number]]]:
        return {
            "transitions.offsets": np.array(offsets, "<i4"),
            "transitions.items": np.array(items, "<i4"),
            "transitions.weights": np.array(items, "<f4"),
        }

    tensors = joined([part([0, 2, 2], [1, 2]), part([0, 1], [0])])
    assert tensors["transitions.offsets"].tolist() == [0, 2, 2, 3]
    assert tensors["transitions.items"].tolist() == [1, 2, 0]
    assert tensors["transitions.offsets"].dtype.str == "<i4"
    assert tensors["transitions.weights"].dtype.str == "<f4"
    rows = [{"neighbours.items": np.full((count, 2), count, "<i4")} for count in (1, 2)]
    assert joined(rows)["neighbours.items"].tolist() == [[1, 1], [2, 2], [2, 2]]
