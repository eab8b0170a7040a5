"""The trainer's splits (`engine/src/evaluation/splits.ts`), computed block by block.

A split is a list of steps, each of which holds rows out of those that the steps before it kept: one step for the outer split, two
for the inner one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .blocks import Block, Mask

SKIP_AT_ONCE = 1 << 20
DIGIT_BITS = 16
#: Bits of a time, shifted to be positive, and of a row's number.
TIME_BITS = 32
ROW_BITS = 48

Counts = NDArray[np.int64]


class Step(Protocol):
    """Holds rows out: returns which of the kept rows of a block remain."""

    def keep(self, block: Block, kept: Mask) -> Mask:
        """Which of the kept rows remain."""
        ...


@dataclass(frozen=True)
class LastOut:
    """Holds out each user's latest row, where there are two."""

    def keep(self, block: Block, kept: Mask) -> Mask:
        """Which of the kept rows remain."""
        rows = np.flatnonzero(kept)
        positions = block.positions()[rows]
        counts = np.bincount(positions, minlength=block.num_users)
        is_last = np.append(positions[1:] != positions[:-1], True)
        remaining = kept.copy()
        remaining[rows[is_last & (counts[positions] > 1)]] = False
        return remaining


class Draws:
    """Numbers of the Mersenne Twister by their place in the sequence, quick where asked in ascending order."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._restart()

    def at(self, start: int, count: int) -> NDArray[np.float64]:
        """The numbers `start` … `start + count - 1`."""
        if start < self._position:
            self._restart()
        while self._position < start:
            self._draw(min(SKIP_AT_ONCE, start - self._position))
        return self._draw(count)

    def _restart(self) -> None:
        self._random = np.random.RandomState(self._seed)
        self._position = 0

    def _draw(self, count: int) -> NDArray[np.float64]:
        self._position += count
        return self._random.random_sample(count)


@dataclass
class UserStratified:
    """Keeps a share of every user's rows, drawn at random by one number for each row that is there, in order."""

    seed: int
    train_share: float
    #: The number of rows kept so far of all users before each one, [users of all blocks].
    first_rows: Counts
    _draws: Draws | None = field(default=None, repr=False)

    def keep(self, block: Block, kept: Mask) -> Mask:
        """Which of the kept rows remain."""
        rows = np.flatnonzero(kept)
        positions = block.positions()[rows]
        counts = np.bincount(positions, minlength=block.num_users)
        if self._draws is None:
            self._draws = Draws(self.seed)
        draws = self._draws.at(int(self.first_rows[block.first_user]), len(rows))
        order = np.lexsort((draws, positions))
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        places = np.arange(len(rows)) - starts[positions]
        is_held_out = places >= np.rint(self.train_share * counts)[positions]
        remaining = kept.copy()
        remaining[rows[order[is_held_out]]] = False
        return remaining

    def __getstate__(self) -> dict[str, Any]:
        # Each task draws for itself.
        return {**self.__dict__, "_draws": None}


@dataclass(frozen=True)
class BeforeTime:
    """Keeps what was before a row of the log by time; rows of unknown time stay."""

    time: int
    #: Of equal times those from this row on are held out.
    row: int
    #: The number of rows of all users before each one, [users of all blocks].
    first_rows: Counts

    def keep(self, block: Block, kept: Mask) -> Mask:
        """Which of the kept rows remain."""
        rows = row_numbers(block, self.first_rows)
        is_later = (block.timestamps > self.time) | ((block.timestamps == self.time) & (rows >= self.row))
        remaining: Mask = kept & ~is_later
        return remaining


def row_numbers(block: Block, first_rows: Counts) -> Counts:
    """The number of each row of a block among all rows, [rows]."""
    return np.arange(len(block.item_indices), dtype=np.int64) + int(first_rows[block.first_user])


def kept_by(block: Block, steps: Sequence[Step]) -> Mask:
    """Which rows of a block all steps keep."""
    kept = np.ones(len(block.item_indices), dtype=np.bool_)
    for step in steps:
        kept = step.keep(block, kept)
    return kept


#: Adds up an array that is computed for each block, over all blocks.
SumOverBlocks = Callable[[Callable[[Block], Counts]], Counts]


def plan_split(
    shapes: Sequence[dict[str, Any]], seed: int, counts: Counts, sum_over: SumOverBlocks
) -> list[Step]:
    """The steps of a split: one of each shape, of what those before keep.

    `counts` are the rows of each user; `sum_over` is asked only where a shape is one of time, and all are then.
    """
    steps: list[Step] = []
    first_rows = starts_of(counts)
    for shape in shapes:
        kind = shape["kind"]
        if kind == "last-out":
            steps.append(LastOut())
            counts = counts - (counts > 1)
        elif kind == "user-stratified":
            share = float(shape["trainShare"])
            steps.append(UserStratified(seed, share, starts_of(counts)))
            counts = np.rint(share * counts).astype(np.int64)
        elif kind == "time":
            steps.append(_before_time(float(shape["holdoutShare"]), steps, first_rows, sum_over))
        else:
            raise ValueError(f"no split is of the shape {kind}")
    return steps


def starts_of(counts: Counts) -> Counts:
    """The sum of all counts before each one."""
    return np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)


def _before_time(
    share: float, before: Sequence[Step], first_rows: Counts, sum_over: SumOverBlocks
) -> BeforeTime:
    steps = list(before)

    def timed(block: Block) -> Mask:
        mask: Mask = kept_by(block, steps) & ~np.isnan(block.timestamps)
        return mask

    num_timed = int(sum_over(lambda block: np.array([timed(block).sum()]))[0])
    num_held_out = int(np.rint(share * num_timed))
    if num_held_out == 0:
        return BeforeTime(2**31 - 1, 2**ROW_BITS, first_rows)
    time, num_at_time = largest(
        num_held_out,
        TIME_BITS,
        lambda block: block.timestamps[timed(block)].astype(np.int64) + 2**31,
        sum_over,
    )
    row, _ = largest(
        num_at_time,
        ROW_BITS,
        lambda block: row_numbers(block, first_rows)[timed(block) & (block.timestamps == time - 2**31)],
        sum_over,
    )
    return BeforeTime(time - 2**31, row, first_rows)


def largest(
    rank: int, bits: int, keys_of: Callable[[Block], Counts], sum_over: SumOverBlocks
) -> tuple[int, int]:
    """The key that is the `rank`-th largest of all, and its rank among those equal to it; digit by digit, from the highest."""
    prefix = 0
    for shift in range(bits - DIGIT_BITS, -1, -DIGIT_BITS):

        def histogram(block: Block, shift: int = shift, prefix: int = prefix) -> Counts:
            keys = keys_of(block)
            digits = keys[keys >> (shift + DIGIT_BITS) == prefix] >> shift & (2**DIGIT_BITS - 1)
            return np.bincount(digits, minlength=2**DIGIT_BITS)

        from_above = np.cumsum(sum_over(histogram)[::-1])
        above = int(np.searchsorted(from_above, rank))
        rank -= int(from_above[above - 1]) if above > 0 else 0
        prefix = prefix << DIGIT_BITS | (2**DIGIT_BITS - 1 - above)
    return prefix, rank
