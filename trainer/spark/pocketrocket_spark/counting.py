"""Counts of pairs over partitions: each task counts the pairs of its own users, each range of items is put together by one."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from pyspark.sql import functions as F

from .blocks import Block, blocks_of
from .failure import Failure
from .fitting import PIECES, Fit, pairs_of_fit, pieces_of, refuse_other_split, result_of
from .frames import Frame
from .histories import Histories
from .splits import Counts, Step, kept_by
from .task_process import TaskResult, run_task
from .tensor_folder import Tensor

#: Aim for the pairs of a range of items: what a row of the shuffle holds.
PAIRS_IN_RANGE = 1_000_000
PARTIAL = "place int, offsets binary, items binary, sums binary"


def count_pairs(histories: Histories, steps: Sequence[Step], fit: Fit, command: Sequence[str]) -> TaskResult:
    """Counts co-visitation or transitions on what a split keeps; no task holds more than one part's pairs or one range's.

    The sums are those of one task up to the rounding of 64-bit numbers.
    """
    num_items = len(histories.item_ids)

    def count_items(block: Block) -> Counts:
        kept = kept_by(block, steps)
        counts = np.bincount(block.item_indices[kept], minlength=num_items)
        return np.append(counts, block.digest(kept))

    *item_counts, digest = histories.sum_over(count_items).tolist()
    refuse_other_split(fit, sum(item_counts), digest)
    counts = np.array(item_counts, dtype="<i4")
    num_ranges = -(-pairs_of_fit(fit, num_items) // PAIRS_IN_RANGE)
    bounds = bounds_of(counts, num_ranges)
    settings = {"part": fit.name, "numItems": num_items, "options": dict(fit.options)}

    def count(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        start = Frame("start", {"task": "count", "settings": {**settings, "items": [0, num_items]}})
        rows = (block.rows_frame(kept_by(block, steps)) for block in blocks_of(batches))
        yield from partials_of(run_task(command, start, rows).tensors, bounds)

    def merge(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = [row for batch in batches for row in batch.to_pylist()]
        if not rows:
            return
        place = rows[0]["place"]
        items = [bounds[place], bounds[place + 1]]
        fields = {"task": "merge", "settings": {**settings, "items": items, "isLast": True}}
        partials = (_partial(items[0], row) for row in rows)
        result = run_task(command, Frame("start", fields, {"counts": counts}), partials)
        for piece in pieces_of(result):
            yield piece.append_column("place", pa.array([place], pa.int32()))

    table = (
        histories.frame()
        .mapInArrow(count, PARTIAL)
        .repartitionById(len(bounds) - 1, F.col("place"))
        .mapInArrow(merge, f"{PIECES}, place int")
        .toLocalIterator()
    )
    by_place: dict[int, list[tuple[str, Mapping[str, Any], bytes]]] = {}
    for row in table:
        by_place.setdefault(row.place, []).append((row.kind, json.loads(row.header), row.content))
    if not by_place:
        raise Failure("BAD_DATA", f"{fit.name}: no history has two movies")
    return joined([result_of(by_place[place]).tensors for place in sorted(by_place)], fit.name)


def bounds_of(counts: Tensor, num_ranges: int) -> list[int]:
    """Bounds of ranges of items with about as many ratings each: 0, …, the number of items."""
    targets = np.arange(1, num_ranges) * (int(counts.sum()) / num_ranges)
    inner = np.searchsorted(np.cumsum(counts), targets, side="right")
    return sorted({0, *inner.tolist(), len(counts)})


def partials_of(sums: Mapping[str, Tensor], bounds: Sequence[int]) -> Iterator[pa.RecordBatch]:
    """The sums of a task by ranges of items, as rows for the shuffle; ranges without any are left out."""
    offsets = sums["offsets"]
    for place, (first, last) in enumerate(pairwise(bounds)):
        own = offsets[first : last + 1]
        if own[0] == own[-1]:
            continue
        entries = slice(own[0], own[-1])
        columns = {
            "place": pa.array([place], pa.int32()),
            "offsets": [(own - own[0]).astype("<i4").tobytes()],
            "items": [sums["items"][entries].tobytes()],
            "sums": [sums["sums"][entries].tobytes()],
        }
        yield pa.RecordBatch.from_pydict(columns)


def _partial(first_item: int, row: Mapping[str, bytes]) -> Frame:
    tensors = {
        "firstItem": np.array([first_item], "<i4"),
        "offsets": np.frombuffer(row["offsets"], "<i4"),
        "items": np.frombuffer(row["items"], "<i4"),
        "sums": np.frombuffer(row["sums"], "<f8"),
    }
    return Frame("partial", {}, tensors)


def joined(parts: Sequence[Mapping[str, Tensor]], name: str) -> TaskResult:
    """The finished ranges as one: rows out of a range are empty, so offsets add up and entries follow one another."""
    tensors = {
        tensor: np.concatenate([part[tensor] for part in parts])
        for tensor in (f"{name}.items", f"{name}.weights")
    }
    offsets = sum(part[f"{name}.offsets"].astype(np.int64) for part in parts)
    return TaskResult({f"{name}.offsets": np.asarray(offsets).astype("<i4"), **tensors})
