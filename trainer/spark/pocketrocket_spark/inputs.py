"""The inputs of a run as the trainer reads them: ids and ordered ratings, written part by part."""

import shutil
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from .blocks import blocks_of
from .histories import Histories
from .tensor_folder import Tensor, TensorFolder, describe_file, publish, write_description, write_tensor


def write_inputs(histories: Histories, identity: str, path: Path) -> None:
    """Writes ids and ratings as a tensor folder; never more than one part of the ratings is in memory."""
    staging = path.with_name(f".{path.name}-staging")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    try:
        offsets = np.concatenate([[0], np.cumsum(histories.counts)])
        described = {
            "userIds": write_tensor(staging, "userIds", histories.user_ids.astype("<i4")),
            "itemIds": write_tensor(staging, "itemIds", histories.item_ids.astype("<i4")),
            "offsets": write_tensor(staging, "offsets", offsets.astype("<i4")),
        }
        columns = {"itemIndices": "<i4", "ratings": "<f4", "timestamps": "<f8"}
        writers = {
            name: _Column(staging, name, dtype, histories.num_ratings) for name, dtype in columns.items()
        }
        num_users = 0
        for part in range(histories.num_parts):
            for block in blocks_of(histories.part(part).to_batches()):
                if block.first_user != num_users:
                    raise ValueError(f"part {part} is out of order: user {block.first_user}, not {num_users}")
                num_users += block.num_users
                writers["itemIndices"].append(block.item_indices)
                writers["ratings"].append(block.ratings)
                writers["timestamps"].append(block.timestamps)
        described |= {name: writer.finish() for name, writer in writers.items()}
        settings = {"badRows": histories.bad_rows}
        write_description(staging, TensorFolder("inputs", identity, settings), described)
        publish(staging, path)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


class _Column:
    """A tensor of one dimension that is written piece by piece; its length is known before."""

    def __init__(self, folder: Path, name: str, dtype: str, length: int) -> None:
        self._path = folder / f"{name}.npy"
        self._dtype = np.dtype(dtype)
        self._length = length
        self._written = 0
        self._file: BinaryIO = self._path.open("wb")
        header = {"descr": self._dtype.str, "fortran_order": False, "shape": (length,)}
        np.lib.format.write_array_header_1_0(self._file, header)

    def append(self, values: Tensor) -> None:
        """Writes further values."""
        self._file.write(np.ascontiguousarray(values.astype(self._dtype)).data.cast("B"))
        self._written += len(values)

    def finish(self) -> dict[str, Any]:
        """Closes the file and describes it; raises ValueError where values are missing."""
        self._file.close()
        if self._written != self._length:
            raise ValueError(f"{self._path}: {self._written} of {self._length} values were read")
        return describe_file(self._path, self._dtype.str, [self._length])
