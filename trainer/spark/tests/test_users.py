import sys
from pathlib import Path

import numpy as np
import pytest
from pyspark.sql import SparkSession

from pocketrocket_spark.blocks import Block, blocks_of
from pocketrocket_spark.histories import Histories, store_histories
from pocketrocket_spark.kept import Kept
from pocketrocket_spark.splits import kept_by
from pocketrocket_spark.tensor_folder import read_tensor_folder
from pocketrocket_spark.users import Question, answer, facts_of_users, histories_of

from .test_histories import many_rows, raw_of

ECHO = [sys.executable, str(Path(__file__).parent / "echo_answers.py")]
SHAPE = {"kind": "time", "holdoutShare": 0.3}


@pytest.fixture(scope="module")
def histories(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Histories:
    path = tmp_path_factory.mktemp("users") / "histories"
    return store_histories(spark, raw_of(spark, many_rows()), str(path), 300)


def whole(histories: Histories) -> list[Block]:
    """All blocks, one after another."""
    return [
        block for part in range(histories.num_parts) for block in blocks_of(histories.part(part).to_batches())
    ]


def test_a_fingerprint_is_that_which_the_trainer_computes() -> None:
    # The same figures stand in trainer/src/pipeline/ratings/fingerprint.test.ts; user 1 has no row there.
    block = Block(
        0,
        np.array([0, 2, 3, 5]),
        np.array([4, 5, 0, 4, 8]),
        np.array([5, 0.5, 1, 3, 3], np.float32),
        np.array([np.nan, 10, 1, 2**40, -1]),
    )
    kept = np.array([True, True, False, True, True])
    assert block.fingerprint(kept).tolist() == [3416910491, 2592260418, 2503320743, 2836068337]


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_knows_what_a_split_keeps_of_users(histories: Histories, depth: int) -> None:
    steps = histories.split([SHAPE] * depth, 1)
    kept = Kept.of(histories, steps)
    facts = facts_of_users(kept)
    blocks = whole(histories)
    masks = [kept_by(block, steps) for block in blocks]
    assert facts.counts.sum() == kept.num_ratings
    counts = [
        np.bincount(block.positions()[mask], minlength=block.num_users)
        for block, mask in zip(blocks, masks, strict=True)
    ]
    np.testing.assert_array_equal(facts.counts, np.concatenate(counts))
    digests = [block.fingerprint(mask) for block, mask in zip(blocks, masks, strict=True)]
    assert facts.fingerprint == (np.sum(digests, axis=0) % 2**32).tolist()
    untimed = [np.isnan(block.timestamps[mask]).sum() for block, mask in zip(blocks, masks, strict=True)]
    assert facts.num_untimed == sum(untimed) > 0


def test_gives_histories_of_some_users_with_what_is_held_out(histories: Histories) -> None:
    steps = histories.split([SHAPE, SHAPE], 1)
    users = [3, 4, 31, 59]
    tensors = histories_of(Kept.of(histories, steps), users)
    for user in users:
        block = next(block for block in whole(histories) if 0 <= user - block.first_user < block.num_users)
        own = block.positions() == user - block.first_user
        before, kept = kept_by(block, steps[:1]), kept_by(block, steps)
        for name, mask in (("train", own & kept), ("heldOut", own & before & ~kept)):
            place = int(np.searchsorted(tensors[f"{name}.userIndex"], user))
            if not mask.any():
                assert user not in tensors[f"{name}.userIndex"]
                continue
            start, end = tensors[f"{name}.offsets"][place : place + 2].tolist()
            np.testing.assert_array_equal(tensors[f"{name}.itemIndices"][start:end], block.item_indices[mask])
            np.testing.assert_array_equal(tensors[f"{name}.timestamps"][start:end], block.timestamps[mask])
    assert set(tensors["train.userIndex"]) <= set(users)
    everything = histories_of(Kept.of(histories, []), users)
    assert everything["train.offsets"][-1] == histories.counts[users].sum()
    assert len(everything["heldOut.userIndex"]) == 0


def test_asks_each_user_once_and_puts_the_answers_in_order(histories: Histories, tmp_path: Path) -> None:
    steps = histories.split([SHAPE], 1)
    kept = Kept.of(histories, steps)
    before, after = histories.counts, facts_of_users(kept).counts
    users = np.flatnonzero(before > after)[::2].astype("<i4")
    np.save(tmp_path / "vectors-of-users.npy", np.stack([users, 2 * users], axis=1).astype("<f4"))
    (tmp_path / "the-model.frame").write_bytes(b"")
    for name in ("vectors-of-users.npy", "the-model.frame"):
        histories.spark.sparkContext.addFile(str(tmp_path / name))
    question = Question(
        {"scorers": [{}, {}], "measures": ["one", "two"]},
        users,
        users * 10.0,
        "the-model.frame",
        "vectors-of-users.npy",
    )
    out = tmp_path / "out"
    usage = answer(kept, question, ECHO, f"file://{tmp_path}/answers", out)
    assert usage["peakBytes"] > 2**20
    assert len(users) > 10
    for scorer in (0, 1):
        tensors = read_tensor_folder(out / str(scorer)).tensors
        # The echo answers with the held-out ratings and the first draw of each user, times the scorer's number.
        np.testing.assert_array_equal(tensors["values"][0], (before - after)[users] + scorer)
        np.testing.assert_array_equal(tensors["values"][1], users * 10.0 + users * 2)
        np.testing.assert_array_equal(tensors["isTimed"], users % 2)
        assert tensors["listed"].tolist() == [1, 0, 1]
