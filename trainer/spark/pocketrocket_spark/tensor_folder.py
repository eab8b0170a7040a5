"""Tensor folders: a stage's result as one `.npy` file per tensor and a `stage.json` that describes them."""

import hashlib
import json
import os
import re
import shutil
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMAT_VERSION = 1
DTYPES = ("<f4", "<i4", "<f8", "|u1", "<u4")
NAME = re.compile(r"[\w.-]+")

Tensor = NDArray[Any]


@dataclass
class TensorFolder:
    """What a tensor folder holds."""

    name: str
    fingerprint: str
    settings: Mapping[str, Any]
    tensors: dict[str, Tensor] = field(default_factory=dict)
    epochs: Sequence[Mapping[str, Any]] | None = None


def write_tensor_folder(path: Path, folder: TensorFolder) -> None:
    """Writes a folder whole or not at all; one that is there is replaced."""
    staging = path.with_name(f".{path.name}-{os.getpid()}-{uuid.uuid4().hex}")
    staging.mkdir(parents=True)
    try:
        described = {name: write_tensor(staging, name, tensor) for name, tensor in folder.tensors.items()}
        write_description(staging, folder, described)
        publish(staging, path)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def write_tensor(folder: Path, name: str, tensor: Tensor) -> dict[str, Any]:
    """Writes one tensor and returns its line of `stage.json`."""
    if not NAME.fullmatch(name) or tensor.dtype.str not in DTYPES:
        raise ValueError(f"tensor {name!r} of type {tensor.dtype.str} cannot be written")
    path = folder / f"{name}.npy"
    with path.open("wb") as file:
        np.lib.format.write_array(file, np.ascontiguousarray(tensor), version=(1, 0), allow_pickle=False)
    return describe_file(path, tensor.dtype.str, tensor.shape)


def describe_file(path: Path, dtype: str, shape: Sequence[int]) -> dict[str, Any]:
    """The line of `stage.json` for a file that is written."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"dtype": dtype, "shape": list(shape), "sha256": digest}


def write_description(folder: Path, content: TensorFolder, described: Mapping[str, Any]) -> None:
    """Writes `stage.json`, without which a folder does not exist."""
    stage = {
        "formatVersion": FORMAT_VERSION,
        "name": content.name,
        "fingerprint": content.fingerprint,
        "settings": content.settings,
        "tensors": described,
        **({} if content.epochs is None else {"epochs": content.epochs}),
    }
    (folder / "stage.json").write_text(json.dumps(stage), encoding="utf-8")


def publish(staging: Path, path: Path) -> None:
    """Puts a folder that is written in its place by one rename."""
    if path.exists():
        shutil.rmtree(path)
    staging.rename(path)


def read_tensor_folder(path: Path) -> TensorFolder:
    """Reads a folder, checking every file against its checksum.

    Raises FileNotFoundError where there is none, ValueError where it is not as described.
    """
    stage = json.loads((path / "stage.json").read_text(encoding="utf-8"))
    if stage["formatVersion"] != FORMAT_VERSION:
        raise ValueError(f"{path}: format {stage['formatVersion']} is not {FORMAT_VERSION}")
    tensors = {name: _read_tensor(path, name, described) for name, described in stage["tensors"].items()}
    return TensorFolder(stage["name"], stage["fingerprint"], stage["settings"], tensors, stage.get("epochs"))


def _read_tensor(folder: Path, name: str, described: Mapping[str, Any]) -> Tensor:
    path = folder / f"{name}.npy"
    if describe_file(path, described["dtype"], described["shape"]) != described:
        raise ValueError(f"{path}: its checksum differs")
    tensor: Tensor = np.load(path, allow_pickle=False)
    if tensor.dtype.str != described["dtype"] or list(tensor.shape) != described["shape"]:
        raise ValueError(f"{path}: type or shape differ from stage.json")
    return tensor
