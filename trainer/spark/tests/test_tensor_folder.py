import json
from pathlib import Path

import numpy as np
import pytest

from pocketrocket_spark.tensor_folder import TensorFolder, read_tensor_folder, write_tensor_folder

FOLDER = TensorFolder(
    "item2vec",
    "sha256:1",
    {"dim": 2},
    {"a.b": np.arange(6, dtype="<f4").reshape(3, 2), "empty": np.zeros((0, 4), "<i4")},
    [{"epoch": 1, "epochs": 1, "loss": 0.5}],
)


def test_reads_what_was_written(tmp_path: Path) -> None:
    write_tensor_folder(tmp_path / "stage", FOLDER)
    read = read_tensor_folder(tmp_path / "stage")
    assert (read.name, read.fingerprint, read.settings, read.epochs) == (
        FOLDER.name,
        FOLDER.fingerprint,
        FOLDER.settings,
        FOLDER.epochs,
    )
    for name, tensor in FOLDER.tensors.items():
        assert read.tensors[name].dtype == tensor.dtype
        np.testing.assert_array_equal(read.tensors[name], tensor)


def test_replaces_a_folder_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_tensor_folder(tmp_path / "stage", FOLDER)
    write_tensor_folder(tmp_path / "stage", TensorFolder("ease", "sha256:2", {}))
    assert read_tensor_folder(tmp_path / "stage").name == "ease"
    assert [path.name for path in tmp_path.iterdir()] == ["stage"]


def test_leaves_nothing_of_what_cannot_be_written(tmp_path: Path) -> None:
    broken = TensorFolder("item2vec", "", {}, {"fine": np.zeros(1, "<f4"), "int64": np.zeros(1, "<i8")})
    with pytest.raises(ValueError, match=r"int64.*<i8"):
        write_tensor_folder(tmp_path / "stage", broken)
    assert list(tmp_path.iterdir()) == []


def test_refuses_a_file_that_was_altered(tmp_path: Path) -> None:
    write_tensor_folder(tmp_path / "stage", FOLDER)
    path = tmp_path / "stage" / "a.b.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    with pytest.raises(ValueError, match="checksum"):
        read_tensor_folder(tmp_path / "stage")


def test_refuses_another_format_and_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_tensor_folder(tmp_path / "stage")
    write_tensor_folder(tmp_path / "stage", FOLDER)
    stage = tmp_path / "stage" / "stage.json"
    stage.write_text(json.dumps({**json.loads(stage.read_text()), "formatVersion": 2}))
    with pytest.raises(ValueError, match="format 2"):
        read_tensor_folder(tmp_path / "stage")
