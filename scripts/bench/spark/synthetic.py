"""Writes made-up ratings of MovieLens' shape as Parquet, on Spark: whole users to a task, so that any number takes little memory.

Reads one JSON object from stdin: `master`, `out`, `ratings`, `users`, `movieIds`, `seed`.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyspark.sql import SparkSession

RATINGS_IN_TASK = 1_000_000
USERS_AT_ONCE = 4_000
#: Every MovieLens user rated at least so many.
MIN_PER_USER = 20
#: Standard deviation of the logarithm of ratings per user.
USER_SPREAD = 1.25
#: Half of all ratings go to some two per cent of the movies.
POPULARITY = 5.5
#: Popular movies stand anywhere among the ids.
STRIDE = 104_729
#: Draws of what repeats; a user lacks what still repeats after them.
DRAWS = 4
HALF_STAR_SHARES = (0.016, 0.03, 0.016, 0.066, 0.05, 0.197, 0.126, 0.266, 0.086, 0.147)
FIRST_SECOND = 789_652_009
LAST_SECOND = 1_697_164_147
COLUMNS = "userId int, movieId int, halfStars int, ratedAtSeconds int"

Ints = NDArray[np.int64]


def counts_of_users(mean: float, num_users: int, num_movies: int, random: np.random.Generator) -> Ints:
    """Ratings of each user: log-normal beyond the least."""
    share = np.exp(USER_SPREAD * random.standard_normal(num_users) - USER_SPREAD**2 / 2)
    return np.minimum(MIN_PER_USER + (mean - MIN_PER_USER) * share, num_movies / 4).astype(np.int64)


def movies_of_users(counts: Ints, num_movies: int, random: np.random.Generator) -> tuple[Ints, Ints]:
    """Users and places of movies, no pair twice, by user."""
    pairs = np.empty(0, np.int64)
    for _ in range(DRAWS):
        missing = counts - np.bincount(pairs // num_movies, minlength=len(counts))
        users = np.repeat(np.arange(len(counts)), 2 * missing)
        drawn = users * num_movies + (num_movies * random.random(len(users)) ** POPULARITY).astype(np.int64)
        pairs = np.concatenate([pairs, drawn])
        _, first = np.unique(pairs, return_index=True)
        pairs = pairs[np.sort(first)]
        pairs = pairs[np.argsort(pairs // num_movies, kind="stable")]
        found = np.bincount(pairs // num_movies, minlength=len(counts))
        places = np.arange(len(pairs)) - np.repeat(np.cumsum(found) - found, found)
        pairs = pairs[places < counts[pairs // num_movies]]
    return pairs // num_movies, pairs % num_movies


def main() -> None:
    """Writes the ratings."""
    order: dict[str, Any] = json.load(sys.stdin)
    movie_ids = np.array(order["movieIds"], np.int64)
    num_users, seed = order["users"], order["seed"]
    mean = order["ratings"] / num_users
    num_tasks = -(-order["ratings"] // RATINGS_IN_TASK)
    num_movies = len(movie_ids)

    def ratings_of(first_user: int, count: int, random: np.random.Generator) -> pa.RecordBatch:
        users, places = movies_of_users(counts_of_users(mean, count, num_movies, random), num_movies, random)
        movies = movie_ids[places * STRIDE % num_movies]
        by_movie = np.lexsort((movies, users))
        users, movies = users[by_movie], movies[by_movie]
        begins = random.integers(FIRST_SECOND, LAST_SECOND, count)
        half_stars = 1 + np.searchsorted(np.cumsum(HALF_STAR_SHARES[:-1]), random.random(len(users)))
        seconds = begins[users] + random.integers(0, 86_400, len(users))
        columns = (first_user + users, movies, half_stars, seconds)
        names = ["userId", "movieId", "halfStars", "ratedAtSeconds"]
        return pa.RecordBatch.from_arrays([pa.array(column, pa.int32()) for column in columns], names)

    def write(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for task in (task for batch in batches for task in batch["id"].to_pylist()):
            random = np.random.default_rng([seed, task])
            first, end = (1 + num_users * bound // num_tasks for bound in (task, task + 1))
            for start in range(first, end, USERS_AT_ONCE):
                yield ratings_of(start, min(USERS_AT_ONCE, end - start), random)

    spark = SparkSession.Builder().appName("made-up ratings").master(order["master"]).getOrCreate()
    spark.range(0, num_tasks, 1, num_tasks).mapInArrow(write, COLUMNS).write.parquet(order["out"])
    spark.stop()


main()
