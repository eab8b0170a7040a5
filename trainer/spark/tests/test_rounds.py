import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyspark.sql import SparkSession

from pocketrocket_spark import round_states
from pocketrocket_spark.blocks import Block, Mask
from pocketrocket_spark.failure import Failure
from pocketrocket_spark.fitting import Fit, bytes_of_fit
from pocketrocket_spark.histories import Histories, store_histories
from pocketrocket_spark.kept import Kept
from pocketrocket_spark.round_states import added_up, states_of, tensors_of
from pocketrocket_spark.rounds import fit_in_rounds, plan_rounds
from pocketrocket_spark.session import SparkOptions
from pocketrocket_spark.task_process import TaskResult

from .test_histories import many_rows, raw_of

ROUND = [sys.executable, str(Path(__file__).parent / "round_task.py")]


@pytest.fixture(scope="module")
def histories(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Histories:
    path = tmp_path_factory.mktemp("rounds") / "histories"
    return store_histories(spark, raw_of(spark, many_rows()), str(path), 150)


def fit_of(kept: Kept, **options: Any) -> Fit:
    return Fit("item2vec", {"epochs": 3, **options}, 1, kept.num_ratings, kept.digest, {})


def options_of(kept: Kept, fit: Fit, share: float, storage: Path | str = "") -> SparkOptions:
    """For tasks that have memory for a share of the ratings."""
    part = replace(fit, num_ratings=int(share * fit.num_ratings))
    task_bytes = bytes_of_fit(part, kept.num_users, kept.num_items)
    return SparkOptions("local[2]", "", str(storage), ROUND, task_bytes, task_bytes, "1g", None, {})


def run(kept: Kept, fit: Fit, storage: Path, told: list[Any] | None = None) -> TaskResult:
    on_epoch = (lambda _: None) if told is None else told.append
    return fit_in_rounds(kept, fit, options_of(kept, fit, 0.4, storage), on_epoch)


def test_plans_the_fewest_partitions_that_fit(histories: Histories) -> None:
    kept = Kept.of(histories, [])
    fit = fit_of(kept)
    assert len(plan_rounds(kept, fit, options_of(kept, fit, 1))) == 1
    partitions = plan_rounds(kept, fit, options_of(kept, fit, 0.4))
    assert 3 <= len(partitions) <= 4
    for bounds, end in (
        ([one.parts for one in partitions], histories.num_parts),
        ([one.users for one in partitions], kept.num_users),
    ):
        assert [first for first, _ in bounds] == [0, *(last for _, last in bounds[:-1])]
        assert bounds[-1][1] == end
    of_users = [int(histories.counts[slice(*one.users)].sum()) for one in partitions]
    assert [one.num_ratings for one in partitions] == of_users


def test_takes_the_smallest_partitions_where_tasks_are_to_be_smaller_than_they_need(
    histories: Histories,
) -> None:
    kept = Kept.of(histories, [])
    fit = fit_of(kept)
    options = replace(options_of(kept, fit, 1), one_task_bytes=0)
    smallest = plan_rounds(kept, fit, options)
    assert len(smallest) > len(plan_rounds(kept, fit, options_of(kept, fit, 0.4)))
    assert max(last - first for first, last in (one.parts for one in smallest)) <= 2


def test_plans_no_partition_without_ratings(histories: Histories) -> None:
    class LateUsers:
        def keep(self, block: Block, kept: Mask) -> Mask:
            remaining: Mask = kept & (block.positions() + block.first_user >= 40)
            return remaining

    kept = Kept(histories, [LateUsers()], np.array([]), 0)
    fit = replace(fit_of(kept), num_ratings=histories.count(kept.steps))
    partitions = plan_rounds(kept, fit, options_of(kept, fit, 0.6))
    assert len(partitions) > 1
    assert all(one.num_ratings > 0 for one in partitions)
    assert partitions[0].users[0] == 0


def test_refuses_what_does_not_fit_in_rounds_either(histories: Histories) -> None:
    kept = Kept.of(histories, [])
    fit = fit_of(kept)
    with pytest.raises(Failure, match=r"in rounds .*--task-memory") as failure:
        plan_rounds(kept, fit, options_of(kept, fit, 0))
    assert failure.value.code == "ENVIRONMENT"


def test_each_partition_goes_on_from_its_own_state_and_the_sum_of_what_is_shared(
    histories: Histories, tmp_path: Path
) -> None:
    kept = Kept.of(histories, histories.split([{"kind": "last-out"}], 1))
    fit = fit_of(kept)
    told: list[Any] = []
    result = run(kept, fit, tmp_path, told)
    np.testing.assert_allclose(result.tensors["items.seen"], np.repeat(3 * kept.item_counts, 2), rtol=1e-6)
    np.testing.assert_allclose(result.tensors["network.share"], [1])
    np.testing.assert_array_equal(result.tensors["users.seen"], 3 * np.maximum(histories.counts - 1, 1))
    sizes = np.array([one.num_ratings for one in plan_rounds(kept, fit, options_of(kept, fit, 0.4))])
    assert len(sizes) > 2
    loss = float(np.average(sizes, weights=sizes))
    assert told == [{"epoch": epoch, "epochs": 3, "loss": pytest.approx(loss / epoch)} for epoch in (1, 2, 3)]
    assert result.epochs == told
    assert result.usage["partitions"] == len(sizes)
    assert result.usage["cpuSeconds"] > 0
    assert list((tmp_path / "rounds").iterdir()) == []


def test_a_start_is_divided_among_the_partitions(histories: Histories, tmp_path: Path) -> None:
    kept = Kept.of(histories, [])
    vectors = np.arange(2 * kept.num_users, dtype="<f4").reshape(-1, 2)
    init = {
        "matrixFactorization.userVectors": vectors,
        "matrixFactorization.userBiases": np.ones(len(vectors), "<f4"),
        "matrixFactorization.itemVectors": np.zeros((kept.num_items, 2), "<f4"),
        "matrixFactorization.itemBiases": np.zeros(kept.num_items, "<f4"),
        "matrixFactorization.globalBias": np.zeros(1, "<f8").view("<i4"),
    }
    result = run(kept, replace(fit_of(kept), name="neuralCF", given=init), tmp_path)
    np.testing.assert_array_equal(result.tensors["users.start"], vectors.reshape(-1))


def test_a_fit_that_cannot_learn_fails_once_and_leaves_nothing(histories: Histories, tmp_path: Path) -> None:
    kept = Kept.of(histories, [])
    with pytest.raises(Failure, match="not finite") as failure:
        run(kept, fit_of(kept, fails=True), tmp_path)
    assert failure.value.code == "BAD_DATA"
    assert list((tmp_path / "rounds").iterdir()) == []


def test_states_are_rows_of_bounded_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(round_states, "PIECE_BYTES", 64)
    tensors = {
        "items.vectors": np.arange(100, dtype="<f4"),
        "users.vectors": np.arange(40, dtype="<f8").reshape(20, 2),
        "random.seed": np.array([7], "<i4"),
    }
    rows = [row for batch in states_of(tensors, 2) for row in batch.to_pylist()]
    assert max(len(row["content"]) for row in rows) == 64
    assert {row["name"]: row["kind"] for row in rows} == {
        "items.vectors": "shared",
        "users.vectors": "own",
        "random.seed": "own",
    }
    for name, tensor in tensors_of(reversed(rows)).items():
        np.testing.assert_array_equal(tensor, tensors[name])
        assert tensor.dtype == tensors[name].dtype


def test_adds_up_what_is_shared() -> None:
    def states(value: float) -> list[pa.RecordBatch]:
        return list(
            states_of({"items.a": np.full(3, value, "<f4"), "network.b": np.array([value], "<f8")}, 0)
        )

    by_name = sorted(states(1.5) + states(2), key=lambda batch: str(batch["name"][0]))
    sums = tensors_of(row for batch in added_up(by_name) for row in batch.to_pylist())
    np.testing.assert_array_equal(sums["items.a"], np.full(3, 3.5, "<f4"))
    np.testing.assert_array_equal(sums["network.b"], [3.5])
    assert sums["items.a"].dtype.str == "<f4"
