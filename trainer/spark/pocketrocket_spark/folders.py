"""Folders by their URI, wherever Hadoop reaches them, and files that executors are sent."""

import tarfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

from .failure import Failure, causes_of, does_not_answer

#: What is not finished, as Hadoop's committers call it; a killed run may leave it behind.
STAGING = "_temporary"


@contextmanager
def reaching(uri: str, option: str) -> Iterator[None]:
    """Names the folder and its option in what goes wrong with it.

    Raises Failure UPSTREAM_UNAVAILABLE where what keeps the folder does not answer, ENVIRONMENT where it is refused.
    """
    try:
        yield
    except Failure:
        raise
    except Exception as error:
        causes = causes_of(error)
        if len(causes) == 1 and not isinstance(error, OSError):
            # No error of Java's file systems.
            raise
        if does_not_answer(error):
            raise Failure(
                "UPSTREAM_UNAVAILABLE",
                f"{uri} ({option}) does not answer: {causes[-1]}; try again once it does, or name another folder",
            ) from error
        raise Failure(
            "ENVIRONMENT",
            f"{uri} cannot be used: {causes[-1]}; name another folder by {option}",
        ) from error


class Folder:
    """A folder of small files and of what jobs write."""

    def __init__(self, spark: SparkSession, uri: str) -> None:
        context = spark.sparkContext
        jvm: Any = context._jvm
        self._path = jvm.org.apache.hadoop.fs.Path
        self._utf8 = jvm.java.nio.charset.StandardCharsets.UTF_8
        self._io = jvm.org.apache.commons.io.IOUtils
        self._root = self._path(uri)
        self._system: Any = self._root.getFileSystem(context._jsc.hadoopConfiguration())

    def names(self) -> list[str]:
        """The names of its files and of its folders with files; the folder is made where there is none.

        Hadoop's committer makes a folder before it moves a file there: one that was killed in between leaves an empty one.
        """
        self._system.mkdirs(self._root)
        root = self._system.makeQualified(self._root).toUri()
        files, found = self._system.listFiles(self._root, True), set()
        while files.hasNext():
            path = root.relativize(files.next().getPath().toUri()).getPath()
            found.add(str(path).partition("/")[0])
        return sorted(found)

    def touch(self, name: str) -> None:
        """Makes an empty file in it."""
        self._system.create(self._at(name)).close()

    def delete(self) -> None:
        """Removes the folder itself."""
        self._system.delete(self._root, True)

    def read_text(self, name: str) -> str | None:
        """The text of a file; None where there is none."""
        if not self._system.exists(self._at(name)):
            return None
        stream = self._system.open(self._at(name))
        try:
            return str(self._io.toString(stream, self._utf8))
        finally:
            stream.close()

    def write_text(self, name: str, text: str) -> None:
        """Writes a file that is not there yet, whole or not at all."""
        staging = self._at(STAGING)
        stream = self._system.create(staging, True)
        try:
            self._io.write(text, stream, self._utf8)
        finally:
            stream.close()
        if not self._system.rename(staging, self._at(name)):
            raise OSError(f"{self._root}/{name} cannot be written")

    def remove(self, names: Sequence[str]) -> None:
        """Removes files and folders; those that are not there are passed over."""
        for name in names:
            self._system.delete(self._at(name), True)

    def _at(self, name: str) -> Any:
        return self._path(self._root, name)


def send_files(spark: SparkSession, files: Mapping[str, str], folder: str, name: str) -> None:
    """Sends files and folders of this machine to every executor, where `SparkFiles.get(name)` has them by the paths given.

    The archive in `folder` must last as long as the application.
    """
    path = Path(folder) / f"{name}.tar"
    with tarfile.open(path, "w") as archive:
        for there, here in files.items():
            archive.add(here, there)
    spark.sparkContext.addArchive(f"{path}#{name}")
