"""What a split keeps of the histories, with what is counted of it once for all fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

import numpy as np
from numpy.typing import NDArray

from .blocks import Block
from .histories import Histories
from .splits import TIME_BITS, Counts, Step, kept_by, largest

#: Below every time that can be stored.
NO_TIME = -(2**40)


@dataclass(frozen=True)
class Kept:
    """What a split keeps of the histories."""

    histories: Histories
    steps: Sequence[Step]
    #: Ratings of each item, [items].
    item_counts: NDArray[np.int32]
    #: Of which users and items the ratings name, modulo 2^32.
    digest: int

    @staticmethod
    def of(histories: Histories, steps: Sequence[Step]) -> "Kept":
        """Counts what the steps keep, in one pass."""
        num_items = len(histories.item_ids)

        def facts(block: Block) -> Counts:
            kept = kept_by(block, steps)
            counts = np.bincount(block.item_indices[kept], minlength=num_items)
            return np.append(counts, block.digest(kept))

        total = histories.sum_over(facts)
        return Kept(histories, steps, total[:-1].astype("<i4"), int(total[-1]) % 2**32)

    @property
    def num_ratings(self) -> int:
        """How many ratings are kept."""
        return int(self.item_counts.sum(dtype=np.int64))

    @property
    def num_items(self) -> int:
        """How many items there are, kept or not."""
        return len(self.item_counts)

    @property
    def num_users(self) -> int:
        """How many users there are, kept or not."""
        return len(self.histories.user_ids)

    def most_ratings_in_part(self) -> int:
        """So many ratings has a task of a part at most: a part is filled up to the end of a history."""
        return min(self.num_ratings, 2 * -(-self.num_ratings // self.histories.num_parts))

    def time_span(self) -> tuple[int, int] | None:
        """The first and the last known time; None where none is known."""
        steps = self.steps

        def ends(block: Block) -> Counts:
            times = times_of(block, steps)
            return np.array([-times.min(initial=-NO_TIME), times.max(initial=NO_TIME)])

        first, last = self.histories.reduce_over(np.maximum, ends).tolist()
        return None if last == NO_TIME else (-first, last)

    def median_time(self, start: int) -> int:
        """The lower median of the times from a start on, which some are."""
        steps, sum_over = self.steps, self.histories.sum_over

        def recent(block: Block) -> Counts:
            times = times_of(block, steps)
            return times[times >= start]

        number = int(sum_over(lambda block: np.array([len(recent(block))]))[0])
        rank = number - (number - 1) // 2
        time, _ = largest(rank, TIME_BITS, lambda block: recent(block) + 2**31, sum_over)
        return time - 2**31


def times_of(block: Block, steps: Sequence[Step]) -> Counts:
    """The known times of the ratings of a block that are kept."""
    times = block.timestamps[kept_by(block, steps)]
    return times[~np.isnan(times)].astype(np.int64)


def start_of_last_years(latest: int) -> int:
    """When the year before that of the latest time begins (UTC): from then on items can rise."""
    year = datetime.fromtimestamp(latest, timezone.utc).year
    return int(datetime(year - 1, 1, 1, tzinfo=timezone.utc).timestamp())
