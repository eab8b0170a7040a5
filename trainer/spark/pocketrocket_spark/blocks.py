"""Blocks: the ratings of users that follow one another, as arrays; what tasks compute on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from .frames import Frame

Ints = NDArray[np.integer[Any]]
Mask = NDArray[np.bool_]

#: Odd multipliers, one for each 32 bits of a fingerprint.
LANES = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F)
#: Stands for an unknown time, whose bits are many.
UNKNOWN_TIME = 0xFFFFFFFF

#: Columns of stored histories, by which blocks are read.
COLUMNS = ("userIndex", "itemIndex", "halfStars", "ratedAtSeconds")


@dataclass(frozen=True)
class Block:
    """Whole histories of the users `first_user`, `first_user + 1`, …, each oldest first, unknown times before known ones."""

    first_user: int
    #: [users + 1]
    offsets: Ints
    item_indices: Ints
    #: Stars.
    ratings: NDArray[np.float32]
    #: Unix seconds, NaN where unknown.
    timestamps: NDArray[np.float64]

    @property
    def num_users(self) -> int:
        """How many users there are; each has a rating."""
        return len(self.offsets) - 1

    def positions(self) -> Ints:
        """The position of each row's user in the block, [rows]."""
        return np.repeat(np.arange(self.num_users), np.diff(self.offsets))

    def digest(self, kept: Mask) -> int:
        """A digest of which users and items the kept rows name, in any order; digests of blocks add up, modulo 2^32.

        The trainer computes the same (`trainer/src/cluster/splitDigest.ts`): so both know that their splits agree.
        """
        users = (self.positions()[kept] + self.first_user).astype(np.uint32)
        mixed = users * np.uint32(0x9E3779B1) ^ self.item_indices[kept].astype(np.uint32) * np.uint32(
            0x85EBCA6B
        )
        mixed = (mixed ^ mixed >> np.uint32(16)) * np.uint32(0x7FEB352D)
        return int((mixed ^ mixed >> np.uint32(15)).sum(dtype=np.uint64)) % 2**32

    def fingerprint(self, kept: Mask) -> NDArray[np.int64]:
        """A digest of the kept rows as histories of their own, [4]; digests of blocks add up, modulo 2^32 each.

        The trainer computes the same of ratings that it holds (`trainer/src/pipeline/ratings/fingerprint.ts`).
        """
        positions = self.positions()[kept]
        counts = np.bincount(positions, minlength=self.num_users)
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        times = self.timestamps[kept]
        time_words = times.view("<u4").reshape(-1, 2)
        time_words = np.where(np.isnan(times)[:, None], np.uint32(UNKNOWN_TIME), time_words)
        words = [
            positions + self.first_user,
            np.arange(len(positions)) - starts[positions],
            self.item_indices[kept],
            self.ratings[kept].view("<u4"),
            time_words[:, 0],
            time_words[:, 1],
        ]
        return np.array([_digest_of(words, lane) for lane in LANES], np.int64)

    def rows_frame(self, kept: Mask, kind: str = "rows") -> Frame:
        """The kept rows as a frame for the Node process; users without any are left out."""
        counts = np.bincount(self.positions()[kept], minlength=self.num_users)
        users = np.flatnonzero(counts)
        return Frame(
            kind,
            {},
            {
                "userIndex": (users + self.first_user).astype("<i4"),
                "offsets": np.concatenate([[0], np.cumsum(counts[users])]).astype("<i4"),
                "itemIndices": self.item_indices[kept].astype("<i4"),
                "ratings": self.ratings[kept].astype("<f4"),
                "timestamps": self.timestamps[kept].astype("<f8"),
            },
        )


def _digest_of(words: Sequence[Ints], lane: int) -> int:
    multiplier = np.uint32(lane)
    bits = np.full(len(words[0]), multiplier)
    for word in words:
        bits = _mixed(bits, word.astype(np.uint32), multiplier)
    return int(_mixed(bits, bits >> np.uint32(16), multiplier).sum(dtype=np.uint64)) % 2**32


def _mixed(bits: NDArray[np.uint32], word: NDArray[np.uint32], multiplier: np.uint32) -> NDArray[np.uint32]:
    product = (bits ^ word) * multiplier
    mixed: NDArray[np.uint32] = product ^ (product >> np.uint32(15))
    return mixed


def blocks_of(batches: Iterable[pa.RecordBatch]) -> Iterator[Block]:
    """The blocks of batches of stored histories; a user whose rows end in the next batch is kept back until then."""
    rest: pa.Table | None = None
    for batch in batches:
        table = pa.Table.from_batches([batch]).select(COLUMNS)
        if rest is not None:
            table = pa.concat_tables([rest, table])
        if table.num_rows == 0:
            continue
        users = table["userIndex"].to_numpy()
        last = len(users) - int(np.argmax(users[::-1] != users[-1])) if users[0] != users[-1] else 0
        yield from _split_at_gaps(table.slice(0, last))
        rest = table.slice(last)
    if rest is not None:
        yield from _split_at_gaps(rest)


def _split_at_gaps(table: pa.Table) -> Iterator[Block]:
    """One block for each run of users without a gap: files of other users may follow."""
    if table.num_rows == 0:
        return
    steps = np.diff(table["userIndex"].to_numpy())
    bounds = [0, *(np.flatnonzero((steps < 0) | (steps > 1)) + 1).tolist(), table.num_rows]
    for start, end in pairwise(bounds):
        yield _block(table.slice(start, end - start))


def _block(table: pa.Table) -> Block:
    users = table["userIndex"].to_numpy()
    counts = np.bincount(users - users[0])
    return Block(
        int(users[0]),
        np.concatenate([[0], np.cumsum(counts)]),
        table["itemIndex"].to_numpy(),
        (table["halfStars"].to_numpy() / 2).astype(np.float32),
        # Arrow writes null as NaN where the type becomes float.
        table["ratedAtSeconds"].cast(pa.float64()).to_numpy(),
    )
