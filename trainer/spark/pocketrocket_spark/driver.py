"""The driver: answers the trainer's requests, one JSON line each, with JSON lines.

Requests have an `id` and a `kind`: `open`; `read`, `split`, `count`, `fit`, `histories`, `answer` of a training; `lists`,
`listsDone` of every user's list; `look`, `write`, `remove` in a folder by its URI. Each is answered by one line
`{id, result}` or `{id, failed: {code, message, isInLog}}`; fits over partitions tell their epochs before, `{id, progress}`. The end of the
requests ends the driver.
"""

import json
import threading
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TextIO

from pyspark.accumulators import Accumulator
from pyspark.sql import SparkSession

from .counting import count, counting_of, fit_ease, fit_pairs
from .failure import Failure, causes_of, failure_of
from .fitting import Fit, OnEpoch, bytes_of_fit, fit_in_task, refuse_other_split, require_memory
from .folders import Folder, reaching, send_files
from .half_steps import fit_half_steps
from .histories import Histories, store_histories
from .inputs import write_inputs
from .kept import Kept
from .lists import INPUTS, ListPlan, PartsDone, Usage, export_rows, make_lists, mysql_rows
from .preflight import check_executors, prepare_storage, remove_storage
from .reading import Mysql, jdbc_failure_of, read_identity, read_mysql, read_parquet
from .rounds import fit_in_rounds
from .session import ExecutorWatch, SparkOptions, end_of_java, open_spark
from .task_process import TaskResult
from .tensor_folder import TensorFolder, read_tensor_folder, write_tensor_folder
from .users import Question, answer, facts_of_users, histories_of

#: Requests that are answered at a time; Spark queues what its executors have no room for.
MAX_AT_A_TIME = 32

Request = Mapping[str, Any]

#: How a fit that does not go into the memory of one task runs over the partitions; without a line here it is refused.
BEYOND_ONE_TASK: Mapping[str, Callable[[Kept, Fit, SparkOptions, OnEpoch], TaskResult]] = {
    "coVisitation": fit_pairs,
    "transitions": fit_pairs,
    "ease": fit_ease,
    "implicitALS": fit_half_steps,
    "item2vec": fit_in_rounds,
    "matrixFactorization": fit_in_rounds,
    "neuralCF": fit_in_rounds,
}


class Driver:
    """One run of a training on one Spark application."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._histories: Histories | None = None
        self._kept: dict[str, Kept] = {}
        self._watch: ExecutorWatch | None = None
        self._files: set[str] = set()
        self._lists_done: Accumulator[dict[int, Usage]] | None = None

    def open(self, request: Request) -> Mapping[str, Any]:
        """Starts the application, waits for its first executor, and removes what runs left behind that are no more."""
        self._options = SparkOptions.of(request)
        self._spark = open_spark(self._options)
        if not self._options.master.startswith("local"):
            self._watch = ExecutorWatch(self._spark, self._options.master)
            self._watch.start()
        removed = [storage for storage in request["leftBehind"] if self._remove(storage)]
        prepare_storage(self._spark, self._options.storage)
        context = self._spark.sparkContext
        context.setJobDescription("open: executors")
        check_executors(self._spark, self._options.storage, self._options.task_command)
        return {
            "removed": removed,
            "applicationId": context.applicationId,
            "version": context.version,
            "slots": context.defaultParallelism,
        }

    def read(self, request: Request) -> Mapping[str, Any]:
        """Reads ratings, stores them as ordered histories, and writes what the trainer is told of them."""
        source, storage = request["source"], self._options.storage
        self._spark.sparkContext.setJobDescription("read: source")
        if source["kind"] == "parquet":
            raw = read_parquet(self._spark, source["folder"])
        else:
            mysql = Mysql(source["url"], source["user"], source["password"])
            raw = read_mysql(self._spark, mysql, f"{storage}/raw")
        refuse_other_dataset(raw.identity, request["identity"])
        histories = store_histories(self._spark, raw.frame, f"{storage}/histories", request["ratingsInPart"])
        self._spark.sparkContext.setJobDescription("read: inputs of the trainer")
        write_inputs(histories, raw.identity, Path(request["out"]))
        self._histories = histories
        return {
            "numUsers": len(histories.user_ids),
            "numItems": len(histories.item_ids),
            "numRatings": histories.num_ratings,
            "badRows": histories.bad_rows,
            "rounds": raw.rounds,
            "numChangingUsers": raw.num_changing_users,
        }

    def split(self, request: Request) -> Mapping[str, Any]:
        """Splits the ratings and writes how many each user and item keep."""
        self._spark.sparkContext.setJobDescription("split")
        kept = self._kept_by(request["split"])
        facts = facts_of_users(kept)
        counts = {"userCounts": facts.counts, "itemCounts": kept.item_counts}
        folder = TensorFolder("split", "", {"split": request["split"]}, counts)
        write_tensor_folder(Path(request["out"]), folder)
        return {
            "numRatings": kept.num_ratings,
            "numUntimed": facts.num_untimed,
            "fingerprint": facts.fingerprint,
            "digest": kept.digest,
        }

    def count(self, request: Request) -> Mapping[str, Any]:
        """Counts the parts of the recommender that need no fit on one of the splits and writes them as a tensor folder."""
        self._spark.sparkContext.setJobDescription(f"count: {', '.join(request['parts'])}")
        kept = self._kept_by(request["split"])
        asked = (counting_of(kept, part, request["releaseYears"]) for part in request["parts"])
        result = count(kept, [one for one in asked if one is not None], self._options)
        folder = TensorFolder("counts", "", {"split": request["split"]}, dict(result.tensors))
        write_tensor_folder(Path(request["out"]), folder)
        return {"numItems": kept.num_items, "numRatings": kept.num_ratings, **result.usage}

    def histories(self, request: Request) -> Mapping[str, Any]:
        """Writes the histories of some users on a split, and what it holds out of them."""
        self._spark.sparkContext.setJobDescription("histories of some users")
        tensors = histories_of(self._kept_by(request["split"]), request["users"])
        folder = TensorFolder("histories", "", {"split": request["split"]}, dict(tensors))
        write_tensor_folder(Path(request["out"]), folder)
        return {}

    def answer(self, request: Request) -> Mapping[str, Any]:
        """Lets models answer what a split holds out, and writes what is measured of that."""
        self._spark.sparkContext.setJobDescription("answer held-out users")
        asked = read_tensor_folder(Path(request["asked"])).tensors
        question = Question(
            request["settings"],
            asked["users"],
            asked["firstDraws"],
            self._sent(request["model"]),
            self._sent(request["vectors"]),
        )
        out = Path(request["out"])
        path = f"{self._options.storage}/answers/{out.name}"
        return answer(self._kept_by(request["split"]), question, self._options.task_command, path, out)

    def _sent(self, path: str) -> str:
        """Sends a file to all executors, once; returns its name there."""
        with self._lock:
            if path not in self._files:
                self._spark.sparkContext.addFile(path)
                self._files.add(path)
        return Path(path).name

    def fit(self, request: Request, on_epoch: OnEpoch) -> Mapping[str, Any]:
        """Fits one model on one of the splits and writes it as a tensor folder."""
        self._spark.sparkContext.setJobDescription(f"fit: {request['name']}")
        kept = self._kept_by(request["split"])
        folder_given = request.get("given")
        given = read_tensor_folder(Path(folder_given)).tensors if folder_given is not None else {}
        fit = Fit(
            request["name"],
            request["options"],
            request["seed"],
            request["numRatings"],
            request["digest"],
            given,
        )
        refuse_other_split(fit, kept)
        needed, options = bytes_of_fit(fit, kept.num_users, kept.num_items), self._options
        fit_over_partitions = BEYOND_ONE_TASK.get(fit.name)
        if needed <= options.one_task_bytes or fit_over_partitions is None:
            require_memory(f"{fit.name} on {fit.num_ratings} ratings", needed, options.task_bytes)
            result = fit_in_task(kept, fit, options.task_command)
            usage = {**result.usage, "estimatedBytes": needed}
        else:
            result = fit_over_partitions(kept, fit, options, on_epoch)
            usage = {**result.usage, "numParts": kept.histories.num_parts}
        settings = {"options": fit.options, "seed": fit.seed, "split": request["split"]}
        folder = TensorFolder(fit.name, request["fingerprint"], settings, dict(result.tensors), result.epochs)
        write_tensor_folder(Path(request["out"]), folder)
        return usage

    def lists(self, request: Request) -> Mapping[str, Any]:
        """Makes parts of every user's list."""
        spark, source = self._spark, request["source"]
        plan = ListPlan(
            request["parts"], request["missing"], request["out"], request["version"], request["top"]
        )
        if source["kind"] == "parquet":
            refuse_other_dataset(read_parquet(spark, source["folder"]).identity, request["identity"])
            rows = export_rows(spark, source["folder"], plan)
        else:
            mysql = Mysql(source["url"], source["user"], source["password"])
            try:
                refuse_other_dataset(read_identity(spark, mysql), request["identity"])
                rows = mysql_rows(spark, mysql, plan)
            except Exception as error:
                raise jdbc_failure_of(error) from error
        spark.sparkContext.setJobDescription("lists")
        send_files(spark, request["inputs"], self._options.folder, INPUTS)
        self._lists_done = spark.sparkContext.accumulator({}, PartsDone())
        make_lists(rows, plan, self._options.task_command, self._lists_done)
        usage = self._lists_done.value.values()
        return {
            **self.lists_done({}),
            "cpuSeconds": sum(part["cpuSeconds"] for part in usage),
            "peakBytes": max((part["peakBytes"] for part in usage), default=0),
        }

    def lists_done(self, _: Request) -> Mapping[str, Any]:
        """How many parts are made, and of how many users."""
        done = self._lists_done.value if self._lists_done is not None else {}
        return {"parts": len(done), "users": sum(int(part["users"]) for part in done.values())}

    def look(self, request: Request) -> Mapping[str, Any]:
        """The names in a folder, or the text of one of its files."""
        name = request["name"]
        with reaching(request["folder"], "--out"):
            folder = Folder(self._spark, request["folder"])
            if name is None:
                return {"names": folder.names(), "text": None}
            return {"names": [], "text": folder.read_text(name)}

    def write(self, request: Request) -> Mapping[str, Any]:
        """Writes a file in a folder."""
        with reaching(request["folder"], "--out"):
            Folder(self._spark, request["folder"]).write_text(request["name"], request["text"])
        return {}

    def remove(self, request: Request) -> Mapping[str, Any]:
        """Removes what is in a folder, by its names."""
        with reaching(request["folder"], "--out"):
            Folder(self._spark, request["folder"]).remove(request["names"])
        return {}

    def close(self) -> None:
        """Ends the application."""
        spark: SparkSession | None = getattr(self, "_spark", None)
        if spark is None:
            return
        if self._watch is not None:
            self._watch.stop()
        try:
            # Tasks that still run would write behind the removal.
            spark.sparkContext.cancelAllJobs()
            remove_storage(spark, self._options.storage)
        finally:
            spark.stop()

    def failure_of(self, error: Exception) -> Failure:
        """What an error means; one that is not expected names its cause."""
        status = end_of_java()
        if status is not None:
            return Failure(
                "UPSTREAM_UNAVAILABLE",
                f"the Java process of the Spark driver ended (status {status}); nothing was published, "
                "the models fitted so far are cached: train again",
            )
        lost = self._watch and self._watch.failure
        return lost or failure_of(error) or Failure("INTERNAL_SERVER_ERROR", causes_of(error)[-1])

    def _remove(self, storage: str) -> bool:
        """Removes what a run left behind; false, with the reason in the log, where that cannot be reached."""
        try:
            remove_storage(self._spark, storage)
        except Exception:
            traceback.print_exc()
            return False
        return True

    def _kept_by(self, split: Mapping[str, Any]) -> Kept:
        """What a split keeps, planned and counted once."""
        histories = self._histories
        if histories is None:
            raise ValueError("a split was asked for before anything was read")
        key = json.dumps(split, sort_keys=True)
        with self._lock:
            if key not in self._kept:
                steps = histories.split(shapes_of(split), split["seed"])
                self._kept[key] = Kept.of(histories, steps)
            return self._kept[key]


def shapes_of(split: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The shape of the outer split, and that of the inner one, as far as they are asked for."""
    shapes = [split["shape"], split.get("innerShape", split["shape"])]
    return shapes[: split["depth"]]


def refuse_other_dataset(found: str, expected: str) -> None:
    """Raises Failure DATASET_MISMATCH where ratings are not those of the data set that is expected."""
    if found != expected:
        raise Failure(
            "DATASET_MISMATCH",
            f"the ratings are those of {found}, and the database holds {expected}: export them again",
        )


def serve(requests: TextIO, answers: TextIO, driver: Driver) -> None:
    """Answers requests until there are no more."""
    lock = threading.Lock()

    def say(line: Mapping[str, Any]) -> None:
        with lock:
            answers.write(f"{json.dumps(line)}\n")
            answers.flush()

    kinds: dict[str, Callable[[Request], Mapping[str, Any]]] = {
        "open": driver.open,
        "read": driver.read,
        "split": driver.split,
        "count": driver.count,
        "fit": lambda request: driver.fit(
            request, lambda epoch: say({"id": request["id"], "progress": epoch})
        ),
        "histories": driver.histories,
        "answer": driver.answer,
        "lists": driver.lists,
        "listsDone": driver.lists_done,
        "look": driver.look,
        "write": driver.write,
        "remove": driver.remove,
    }

    def answer(request: Request) -> None:
        identity = request["id"]
        try:
            say({"id": identity, "result": kinds[request["kind"]](request)})
        except Failure as failure:
            say({"id": identity, "failed": failure.as_fields()})
        except Exception as error:
            traceback.print_exc()
            say({"id": identity, "failed": driver.failure_of(error).as_fields()})

    pool = ThreadPoolExecutor(MAX_AT_A_TIME)
    for line in requests:
        pool.submit(answer, json.loads(line))
    # Nobody waits for what still runs; it ends with the process.
    pool.shutdown(wait=False, cancel_futures=True)
    driver.close()
