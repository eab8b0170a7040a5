import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pyspark.sql import DataFrame, SparkSession

from pocketrocket_spark.blocks import blocks_of
from pocketrocket_spark.failure import Failure
from pocketrocket_spark.fitting import Fit, fit_in_task, refuse_other_split, require_memory
from pocketrocket_spark.histories import Histories, store_histories
from pocketrocket_spark.inputs import write_inputs
from pocketrocket_spark.kept import Kept
from pocketrocket_spark.reading import RAW
from pocketrocket_spark.splits import kept_by
from pocketrocket_spark.tensor_folder import read_tensor_folder

ECHO = [sys.executable, str(Path(__file__).parent / "echo_task.py")]
Row = tuple[int | None, int | None, int | None, int | None]


def raw_of(spark: SparkSession, rows: Sequence[Row]) -> DataFrame:
    return spark.createDataFrame(list(rows), RAW)


def many_rows() -> list[Row]:
    """60 users with up to 40 ratings, some at equal and some at unknown times."""
    chance = random.Random(7)
    rows: list[Row] = []
    for user in range(60):
        for movie in chance.sample(range(80), chance.randint(1, 40)):
            time = None if chance.random() < 0.1 else chance.randint(1, 25)
            rows.append((10 * user + 3, 7 * movie + 1, chance.randint(1, 10), time))
    chance.shuffle(rows)
    return rows


@pytest.fixture(scope="module")
def histories(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Histories:
    path = tmp_path_factory.mktemp("histories") / "histories"
    return store_histories(spark, raw_of(spark, many_rows()), str(path), 300)


def test_orders_histories_and_gives_dense_ids(histories: Histories) -> None:
    assert histories.num_parts > 2
    blocks = [
        block for part in range(histories.num_parts) for block in blocks_of(histories.part(part).to_batches())
    ]
    rows = [
        (
            int(histories.user_ids[block.first_user + user]),
            int(histories.item_ids[item]),
            round(2 * stars),
            time,
        )
        for block in blocks
        for user, item, stars, time in zip(
            block.positions(), block.item_indices, block.ratings, block.timestamps.tolist(), strict=True
        )
    ]
    expected = sorted(many_rows(), key=lambda row: (row[0], -1 if row[3] is None else row[3], row[1]))
    assert [row[:3] for row in rows] == [row[:3] for row in expected]
    np.testing.assert_array_equal(
        [row[3] for row in rows], [np.nan if row[3] is None else row[3] for row in expected]
    )


def test_tells_the_trainer_of_all_ratings(histories: Histories, tmp_path: Path) -> None:
    write_inputs(histories, "sha256:data", tmp_path / "inputs")
    inputs = read_tensor_folder(tmp_path / "inputs")
    assert inputs.fingerprint == "sha256:data"
    np.testing.assert_array_equal(inputs.tensors["userIds"], histories.user_ids)
    np.testing.assert_array_equal(inputs.tensors["itemIds"], histories.item_ids)
    rows = many_rows()
    times = [time for *_, time in rows if time is not None]
    stars = Counter(half_stars for _, _, half_stars, _ in rows if half_stars is not None)
    assert inputs.settings["facts"] == {
        "numRatings": len(rows),
        "histogram": [{"stars": half / 2, "count": stars[half]} for half in sorted(stars)],
        "span": {"first": min(times), "last": max(times)},
        "numUntimed": len(rows) - len(times),
        "years": [{"year": 1970, "count": len(times)}],
    }


def test_more_users_than_executors_hold_are_ordered_alike(
    spark: SparkSession, histories: Histories, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pocketrocket_spark.histories.MAX_BROADCAST_USERS", 59)
    shuffled = store_histories(spark, raw_of(spark, many_rows()), str(tmp_path / "histories"), 300)
    assert shuffled.num_parts == histories.num_parts
    for part in range(histories.num_parts):
        assert shuffled.part(part) == histories.part(part)


def test_counts_bad_rows_by_kind(spark: SparkSession, tmp_path: Path) -> None:
    bad: list[Row] = [(None, 1, 4, 1), (1, None, 4, 1), (1, 999, None, 1), (1, 999, 11, 1), (1, 999, 0, 1)]
    good: list[Row] = [(1, movie, 4, movie) for movie in range(400)]
    stored = store_histories(spark, raw_of(spark, bad + good), str(tmp_path / "histories"), 1000)
    assert stored.bad_rows == {"missingMovie": 1, "missingRating": 1, "missingUser": 1, "ratingOffScale": 2}
    assert stored.num_ratings == 400
    assert 999 not in stored.item_ids


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([(1, 1, 4, 1)] * 40 + [(1, 2, 11, 1)], '1 of 41 rows.*more than 2 %.*"ratingOffScale": 1'),
        ([(1, 1, 4, 1), (1, 1, 5, 2), (1, 2, 4, 3)], "1 ratings repeat a user and a movie"),
        ([], "no ratings to learn from"),
    ],
)
def test_refuses_what_cannot_be_used(
    spark: SparkSession, tmp_path: Path, rows: list[Row], message: str
) -> None:
    with pytest.raises(Failure, match=message) as failure:
        store_histories(spark, raw_of(spark, rows), str(tmp_path / "histories"), 1000)
    assert failure.value.code == "BAD_DATA"


def test_refuses_more_ratings_than_can_be_numbered(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pocketrocket_spark.histories.MAX_RATINGS", 2)
    rows: list[Row] = [(1, movie, 4, 1) for movie in range(3)]
    with pytest.raises(Failure, match="3 ratings are more than 2"):
        store_histories(spark, raw_of(spark, rows), str(tmp_path / "histories"), 1000)


@pytest.mark.parametrize("size", [1, 7, 50, 10_000])
def test_blocks_are_whole_histories_however_batches_are_cut(histories: Histories, size: int) -> None:
    whole = [
        block for part in range(histories.num_parts) for block in blocks_of(histories.part(part).to_batches())
    ]
    cut = [
        block
        for part in range(histories.num_parts)
        for block in blocks_of(histories.part(part).to_batches(max_chunksize=size))
    ]
    for blocks in (whole, cut):
        counts = np.concatenate([np.diff(block.offsets) for block in blocks])
        np.testing.assert_array_equal(counts, histories.counts)
    np.testing.assert_array_equal(
        np.concatenate([block.item_indices for block in cut]),
        np.concatenate([block.item_indices for block in whole]),
    )


def test_a_split_by_time_holds_out_the_end_of_the_log(histories: Histories) -> None:
    shape = {"kind": "time", "holdoutShare": 0.2}
    rows = sorted(many_rows(), key=lambda row: (row[0], -1 if row[3] is None else row[3], row[1]))
    timed = sum(row[3] is not None for row in rows)
    outer = len(rows) - round(0.2 * timed)
    assert histories.count(histories.split([shape], 1)) == outer
    inner = outer - round(0.2 * (timed - (len(rows) - outer)))
    assert histories.count(histories.split([shape, shape], 1)) == inner
    nothing = {"kind": "time", "holdoutShare": 0.0001}
    assert histories.count(histories.split([nothing], 1)) == len(rows)


def fit_of(kept: Kept, **options: Any) -> Fit:
    return Fit("item2vec", options, 1, kept.num_ratings, kept.digest, {"start": np.ones(3, "<f4")})


def test_a_fit_gets_what_its_split_keeps_in_one_process(histories: Histories) -> None:
    kept = Kept.of(histories, histories.split([{"kind": "last-out"}], 1))
    expected = np.where(histories.counts > 1, histories.counts - 1, 1)
    result = fit_in_task(kept, fit_of(kept), ECHO)
    np.testing.assert_array_equal(result.tensors["lengths"], expected)
    np.testing.assert_array_equal(result.tensors["userIndex"], np.arange(len(expected)))
    np.testing.assert_array_equal(result.tensors["init.start"], [1, 1, 1])
    assert result.epochs == [{"epoch": 1, "epochs": 1, "loss": 0.25, "ndcgAt10": 0.5}]


def test_a_fit_that_cannot_learn_fails_once(histories: Histories) -> None:
    kept = Kept.of(histories, [])
    with pytest.raises(Failure, match="not finite"):
        fit_in_task(kept, fit_of(kept, fails="BAD_DATA"), ECHO)


def test_a_split_that_is_not_the_trainer_s_is_no_fit(histories: Histories) -> None:
    kept = Kept.of(histories, [])
    fit = fit_of(kept)
    refuse_other_split(fit, kept)
    for other in (replace(fit, num_ratings=5), replace(fit, digest=fit.digest ^ 1)):
        with pytest.raises(Failure, match="keeps other ratings than the trainer's"):
            refuse_other_split(other, kept)


def test_what_does_not_go_into_a_task_is_refused() -> None:
    require_memory("item2vec on 5 ratings", 2**30, 2**30)
    with pytest.raises(Failure, match=r"item2vec on 5 ratings needs 1025 MiB.*--task-memory") as failure:
        require_memory("item2vec on 5 ratings", 2**30 + 1, 2**30)
    assert failure.value.code == "ENVIRONMENT"


def test_knows_the_times_that_a_split_keeps(histories: Histories) -> None:
    kept = Kept.of(histories, histories.split([{"kind": "last-out"}], 1))
    times = []
    for part in range(histories.num_parts):
        for block in blocks_of(histories.part(part).to_batches()):
            times.extend(block.timestamps[kept_by(block, kept.steps)].tolist())
    known = sorted(int(time) for time in times if time == time)
    assert 0 < len(known) < len(times)
    assert kept.time_span() == (known[0], known[-1])
    recent = [time for time in known if time >= 9]
    assert kept.median_time(9) == recent[(len(recent) - 1) // 2]


def test_knows_no_times_where_there_are_none(spark: SparkSession, tmp_path: Path) -> None:
    untimed: list[Row] = [(1, 1, 4, None), (2, 1, 4, None)]
    stored = store_histories(spark, raw_of(spark, untimed), str(tmp_path / "histories"), 1000)
    assert Kept.of(stored, []).time_span() is None
