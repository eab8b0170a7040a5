"""What a run's trainer is told of all ratings: their ids, and facts that grow with neither users nor ratings."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pyspark.sql import functions as F

from .histories import Histories
from .tensor_folder import TensorFolder, write_tensor_folder


def write_inputs(histories: Histories, identity: str, path: Path) -> None:
    """Writes ids and facts as a tensor folder."""
    ids = {"userIds": histories.user_ids.astype("<i4"), "itemIds": histories.item_ids.astype("<i4")}
    settings = {"badRows": histories.bad_rows, "facts": facts_of(histories)}
    write_tensor_folder(path, TensorFolder("inputs", identity, settings, ids))


def facts_of(histories: Histories) -> Mapping[str, Any]:
    """Ratings by stars and by year (UTC), the first and last known time, and how many have none."""
    year = F.year(F.timestamp_seconds("ratedAtSeconds")).alias("year")
    time = F.col("ratedAtSeconds")
    groups = (
        histories.frame()
        .groupBy("halfStars", year)
        .agg(F.count("*").alias("count"), F.min(time).alias("first"), F.max(time).alias("last"))
        .collect()
    )
    timed = [group for group in groups if group["year"] is not None]
    span = {
        "first": min((group["first"] for group in timed), default=None),
        "last": max((group["last"] for group in timed), default=None),
    }
    return {
        "numRatings": histories.num_ratings,
        "histogram": [
            {"stars": half_stars / 2, "count": count}
            for half_stars, count in _sums((group["halfStars"], group["count"]) for group in groups)
        ],
        "span": span if timed else None,
        "numUntimed": sum(group["count"] for group in groups if group["year"] is None),
        "years": [
            {"year": year, "count": count}
            for year, count in _sums((group["year"], group["count"]) for group in timed)
        ],
    }


def _sums(counts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sum of the counts of each key, ascending by key."""
    sums: dict[int, int] = {}
    for key, count in counts:
        sums[key] = sums.get(key, 0) + count
    return sorted(sums.items())
