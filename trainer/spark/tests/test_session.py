import socket
from collections.abc import Mapping

import pytest

from pocketrocket_spark.failure import Failure
from pocketrocket_spark.session import SparkOptions, require_image, require_master, settings_of

IMAGE = "spark.kubernetes.container.image"


def options_of(master: str, conf: Mapping[str, str] = {}) -> SparkOptions:
    return SparkOptions(master, "/run", "file:///storage", ["node"], 2 * 2**30, 2 * 2**30, "1g", None, conf)


def test_a_container_has_room_for_the_processes_of_its_tasks() -> None:
    overhead = "spark.executor.memoryOverhead"
    assert settings_of(options_of("k8s://https://api"))[overhead] == f"{384 + 512 + 2048}m"
    four = options_of("yarn", {"spark.executor.cores": "4"})
    assert settings_of(four)[overhead] == f"{384 + 4 * (512 + 2048)}m"
    assert settings_of(options_of("yarn", {overhead: "5g"}))[overhead] == "5g"
    assert overhead not in settings_of(options_of("spark://host:7077"))


def test_executors_on_kubernetes_need_an_image() -> None:
    with pytest.raises(Failure, match=IMAGE) as failure:
        require_image(options_of("k8s://https://api"))
    assert failure.value.code == "BAD_USER_INPUT"
    require_image(options_of("k8s://https://api", {IMAGE: "pocketrocket-spark:0.1.0"}))
    require_image(options_of("local[2]"))


@pytest.mark.parametrize("master", ["spark://{}", "k8s://https://{}", "k8s://http://{}", "k8s://{}"])
def test_a_master_must_listen(master: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"127.0.0.1:{listening.getsockname()[1]}"
        require_master(master.format(address))
    with pytest.raises(Failure, match=r"answers at .*refused.*--master") as failure:
        require_master(master.format(address))
    assert failure.value.code == "UPSTREAM_UNAVAILABLE"


def test_one_of_several_masters_is_enough() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        require_master(f"spark://127.0.0.1:1,127.0.0.1:{listening.getsockname()[1]}")


def test_masters_without_an_address_say_themselves_what_is_wrong() -> None:
    require_master("yarn")
    require_master("local[2]")
