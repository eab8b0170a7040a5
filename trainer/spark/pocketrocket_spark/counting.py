"""Counts over partitions: each task counts what its own users add, each range of items is put together by one task."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import chain, pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .blocks import Block, Mask, blocks_of
from .fitting import (
    BASE_BYTES,
    BYTES_PER_NEIGHBOUR,
    BYTES_PER_RATING,
    PIECES,
    Fit,
    OnEpoch,
    answer_of,
    bytes_of_ease,
    require_memory,
    results_of,
)
from .frames import Frame, read_frame, write_frame
from .kept import Kept, start_of_last_years
from .session import SparkOptions
from .splits import Step, kept_by
from .task_process import TaskResult, Tasks
from .tensor_folder import Tensor

#: Aim for the pairs of a range of items: what a row of the shuffle holds.
PAIRS_IN_RANGE = 1_000_000
#: Pairs that a task counts before it hands them on; it goes through its users again for more.
PAIRS_AT_A_TIME = 4_000_000
#: As they are collected: a column and a sum, in arrays that double as they grow, beside those that they grew out of.
BYTES_PER_PAIR = 48
#: Of a longer history only so many of the latest ratings count for neighbours (`engine/src/models/itemNeighbours`).
MAX_HISTORY = 500
NUM_NEIGHBOURS = 200
#: Counts of 128 times as whole numbers twice, and smoothed.
BYTES_PER_TREND = 3 * 4 * 128
PARTIAL = "place int, frame binary"


@dataclass(frozen=True)
class Counting:
    """A part of the recommender that is a sum over users, to be counted."""

    part: str
    #: What the tasks `count` and `merge` are told of it, beside the items.
    settings: Mapping[str, Any] = field(default_factory=dict)
    #: What its sums are finished with.
    given: Mapping[str, Tensor] = field(default_factory=dict)
    #: The most pairs of items that there can be in all, and in one part of the users; 0 where items are counted alone.
    num_pairs: int = 0
    num_pairs_in_part: int = 0
    #: Memory for an item's finished row.
    bytes_per_item: int = BYTES_PER_TREND

    def ranges(self, item_counts: Tensor) -> list[tuple[int, int]]:
        """Ranges of items, each put together by one task."""
        return list(pairwise(bounds_of(item_counts, -(-self.num_pairs // PAIRS_IN_RANGE))))

    def passes(self, ranges: Sequence[tuple[int, int]]) -> list[Sequence[tuple[int, int]]]:
        """The ranges in groups that a task counts one after the other, as many pairs at a time as it has memory for."""
        most = max(1, -(-self.num_pairs_in_part // PAIRS_AT_A_TIME))
        per_pass = -(-len(ranges) // most)
        return [ranges[start : start + per_pass] for start in range(0, len(ranges), per_pass)]

    def start(self, task: str, items: tuple[int, int], num_items: int, **more: Any) -> Frame:
        """What a task for some items begins with."""
        settings = {**self.settings, "part": self.part, "numItems": num_items, **more}
        if self.num_pairs > 0:
            settings["items"] = items
        return Frame("start", {"task": task, "settings": settings}, self.given if task == "merge" else {})


def pair_fit(kept: Kept, fit: Fit) -> Counting:
    """Co-visitation or transitions, as fits ask for them."""
    sides = 1 if fit.options["isDirected"] else 2
    pairs_of_users = sides * int(fit.options["window"]) * kept.histories.counts
    row = BYTES_PER_NEIGHBOUR * min(int(fit.options["numNeighbours"]), kept.num_items)
    settings = {"options": dict(fit.options)}
    return replace(_of_pairs(kept, fit.name, settings, pairs_of_users, kept.num_items), bytes_per_item=row)


def neighbours(kept: Kept) -> Counting:
    """The closest items of each one."""
    counts = kept.histories.counts
    pairs_of_users = counts * np.minimum(counts, MAX_HISTORY)
    row = BYTES_PER_NEIGHBOUR * min(NUM_NEIGHBOURS, kept.num_items)
    return replace(_of_pairs(kept, "neighbours", {}, pairs_of_users, kept.num_items), bytes_per_item=row)


def _of_pairs(
    kept: Kept, part: str, settings: Mapping[str, Any], pairs_of_users: Tensor, num_items: int
) -> Counting:
    """A sum over pairs of so many items, to which each user adds at most as many as given."""
    total = int(pairs_of_users.sum())
    in_part = min(total, 2 * -(-total // kept.histories.num_parts))
    most = num_items**2
    return Counting(part, settings, {"counts": kept.item_counts}, min(most, total), min(most, in_part), 0)


def counting_of(kept: Kept, part: str, release_years: Sequence[int] | None) -> Counting | None:
    """A part that needs no fit; None for one of which the data say nothing.

    `release_years` are those of the items, 0 where unknown; None where none is known.
    """
    if part == "neighbours":
        return neighbours(kept)
    if part == "trend":
        span = kept.time_span()
        ends = None if span is None else {"first": span[0], "last": span[1]}
        return Counting(part, {"span": ends})
    if part == "rising":
        span = kept.time_span()
        if span is None or release_years is None:
            return None
        latest = span[1]
        settings = {"latest": latest, "median": kept.median_time(start_of_last_years(latest))}
        return Counting(part, settings, {"releaseYears": np.array(release_years, "<i4")})
    return Counting(part)


def count(kept: Kept, countings: Sequence[Counting], options: SparkOptions) -> TaskResult:
    """Counts parts of the recommender on what a split keeps: the finished tensors of all of them.

    Whole numbers are those of one task over all users, weights the same up to the rounding of 64-bit numbers. Raises
    Failure ENVIRONMENT where tasks have not the memory.
    """
    estimate = bytes_of_counting(kept, countings)
    require_memory(f"counting {', '.join(one.part for one in countings)}", estimate, options.task_bytes)
    num_items = kept.num_items
    tasks = Tasks.of(kept.histories.spark, options.task_command)
    ranges = [one.ranges(kept.item_counts) for one in countings]
    places = _places(countings, ranges)

    def finish(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for place, partials in _by_place(batches):
            one, items = places[place]
            yield from answer_of(tasks.run, one.start("merge", items, num_items, isLast=True), partials)

    table = _counted(kept, kept.steps, countings, ranges, tasks).mapInArrow(finish, PIECES).toArrow()
    # Partitions, and so results, are in the order of places.
    finished = results_of(table)
    tensors: dict[str, Tensor] = {}
    for own in ranges:
        tensors |= joined([next(finished).tensors for _ in own])
    return TaskResult(tensors, [], {**tasks.usage, "estimatedBytes": estimate})


def fit_pairs(kept: Kept, fit: Fit, options: SparkOptions, _on_epoch: OnEpoch) -> TaskResult:
    """Counts co-visitation or transitions over all partitions."""
    return count(kept, [pair_fit(kept, fit)], options)


@dataclass(frozen=True)
class OfItems:
    """Keeps the ratings of some items."""

    #: [items]
    chosen: Mask

    def keep(self, block: Block, kept: Mask) -> Mask:
        """Which of the kept rows remain."""
        remaining: Mask = kept & self.chosen[block.item_indices]
        return remaining


def fit_ease(kept: Kept, fit: Fit, options: SparkOptions, _on_epoch: OnEpoch) -> TaskResult:
    """Adds up the item-item Gram matrix over all partitions and inverts it in one task.

    Sums below 2^24 are whole numbers: the matrix is that of one task over all users. Raises Failure ENVIRONMENT where tasks
    have not the memory, BAD_DATA where it has no inverse.
    """
    num_items = kept.num_items
    num_chosen = min(int(fit.options.get("maxItems", num_items)), num_items)
    # Of as many ratings as the last that takes part: which of these do, the task knows.
    least = max(1, int(np.sort(kept.item_counts)[-num_chosen]))
    chosen = kept.item_counts >= least
    counting = _of_pairs(
        kept, "ease", {"options": dict(fit.options)}, kept.histories.counts**2, int(chosen.sum())
    )
    estimate = max(
        bytes_of_counting(kept, [counting]),
        BASE_BYTES + bytes_of_ease(fit, num_items, num_chosen, num_chosen) + BYTES_PER_PAIR * PAIRS_IN_RANGE,
    )
    require_memory(f"ease on {num_chosen} items", estimate, options.task_bytes)
    tasks = Tasks.of(kept.histories.spark, options.task_command)
    ranges = counting.ranges(np.where(chosen, kept.item_counts, 0))

    def add_up(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for place, partials in _by_place(batches):
            start = counting.start("merge", ranges[place], num_items, isLast=False)
            yield row_of(0, Frame("partial", {}, tasks.run(start, partials).tensors))

    def solve(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for _, partials in _by_place(batches):
            start = counting.start("merge", (0, num_items), num_items, isLast=True)
            yield from answer_of(tasks.run, start, partials)

    table = (
        _counted(kept, [*kept.steps, OfItems(chosen)], [counting], [ranges], tasks)
        .mapInArrow(add_up, PARTIAL)
        .repartition(1)
        .mapInArrow(solve, PIECES)
        .toArrow()
    )
    return replace(next(results_of(table)), usage={**tasks.usage, "estimatedBytes": estimate})


Ranges = Sequence[tuple[int, int]]


def _places(
    countings: Sequence[Counting], ranges: Sequence[Ranges]
) -> list[tuple[Counting, tuple[int, int]]]:
    """Of each place what is put together there."""
    return [(one, items) for one, own in zip(countings, ranges, strict=True) for items in own]


def _counted(
    kept: Kept, steps: Sequence[Step], countings: Sequence[Counting], ranges: Sequence[Ranges], tasks: Tasks
) -> DataFrame:
    """What tasks count of their own users, each row at the place where it is put together with those of others."""
    num_items = kept.num_items

    def count_users(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = [block.rows_frame(kept_by(block, steps)) for block in blocks_of(batches)]
        place = 0
        for one, own in zip(countings, ranges, strict=True):
            for group in one.passes(own):
                start = one.start("count", (group[0][0], group[-1][1]), num_items)
                for partial in partials_of(tasks.run(start, rows).tensors, group):
                    yield row_of(place, partial)
                    place += 1

    num_places = sum(len(own) for own in ranges)
    return kept.histories.frame().mapInArrow(count_users, PARTIAL).repartitionById(num_places, F.col("place"))


def _by_place(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[int, Iterator[Frame]]]:
    """The place of a partition's rows with their frames; nothing where there are none."""
    rows = rows_of(batches)
    first = next(rows, None)
    if first is not None:
        yield first[0], (frame for _, frame in chain([first], rows))


def bytes_of_counting(kept: Kept, countings: Sequence[Counting]) -> int:
    """Memory that a task takes at most, estimated: one that counts pairs of a part, or one that puts a range together."""
    ratings = kept.most_ratings_in_part()
    counting = max(min(PAIRS_AT_A_TIME, one.num_pairs_in_part) for one in countings)
    merging = max(
        BYTES_PER_PAIR * min(PAIRS_IN_RANGE, one.num_pairs)
        + one.bytes_per_item * max(last - first for first, last in one.ranges(kept.item_counts))
        for one in countings
    )
    return BASE_BYTES + max(BYTES_PER_RATING * ratings + BYTES_PER_PAIR * counting, merging)


def bounds_of(counts: Tensor, num_ranges: int) -> list[int]:
    """Bounds of ranges of items, 0, …, the number of items; none has more than twice its share of ratings or of items."""
    num_items = len(counts)
    load = np.cumsum(counts / max(1, int(counts.sum())) + 1 / num_items)
    inner = np.searchsorted(load, 2 * np.arange(1, num_ranges) / max(1, num_ranges), side="right")
    return sorted({0, *inner.tolist(), num_items})


def row_of(place: int, frame: Frame) -> pa.RecordBatch:
    """A frame as a row for the task of its place."""
    content = BytesIO()
    write_frame(content, frame)
    columns = {"place": pa.array([place], pa.int32()), "frame": [content.getvalue()]}
    return pa.RecordBatch.from_pydict(columns)


def rows_of(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[int, Frame]]:
    """The way back."""
    for batch in batches:
        for place, content in zip(batch["place"], batch["frame"], strict=True):
            frame = read_frame(pa.input_stream(content.as_buffer()))
            if frame is not None:
                yield place.as_py(), frame


def partials_of(sums: Mapping[str, Tensor], ranges: Sequence[tuple[int, int]]) -> Iterator[Frame]:
    """What a task counted, as it is put together with others': pairs by ranges of items, all else as one."""
    if "firstItem" not in sums:
        yield Frame("partial", {}, sums)
        return
    offsets, begin = sums["offsets"], ranges[0][0]
    for first, last in ranges:
        own = offsets[first - begin : last - begin + 1]
        entries = slice(own[0], own[-1])
        tensors = {
            "firstItem": np.array([first], "<i4"),
            "offsets": (own - own[0]).astype("<i4"),
            "items": sums["items"][entries],
            "sums": sums["sums"][entries],
        }
        yield Frame("partial", {}, tensors)


def joined(ranges: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The finished rows of ranges of items, one range behind the other, as one."""
    if len(ranges) == 1:
        return dict(ranges[0])
    return {name: _joined(name, [one[name] for one in ranges]) for name in ranges[0]}


def _joined(name: str, tensors: Sequence[Tensor]) -> Tensor:
    if not name.endswith(".offsets"):
        return np.concatenate(tensors)
    lengths = np.concatenate([np.diff(tensor) for tensor in tensors])
    return np.append(0, np.cumsum(lengths)).astype("<i4")
