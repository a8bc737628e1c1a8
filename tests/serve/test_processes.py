"""`red-catalog serve --processes 2`: several processes on one port."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import requests

from red_catalog.serve.running import listen
from tests import catalogue
from tests.http.loopback import free_port
from tests.serve.conftest import Place
from tests.serve.test_declaring import CONFIG as INGEST
from tests.serve.test_declaring import filled


def children(pid: int) -> list[int]:
    """The server processes below a parent."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(re.findall(r"PPid:\s+(\d+)", (entry / "status").read_text())[0])
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == pid and b"spawn_main" in command:
            found.append(int(entry.name))
    return sorted(found)


def test_processes_share_a_port_and_their_counts(make_place: Callable[..., Any]) -> None:
    """Both answer, one that dies is replaced, counts are told as one, SIGTERM ends all."""
    place = make_place()
    place.publish()
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    command = [sys.executable, "-m", "red_catalog", "serve", "--processes", "2"]
    process = subprocess.Popen(
        [*command, "--port", str(port)], cwd=place.root, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(lambda: status(url + "ready") == 200)
        wait_for(lambda: up(url) == 6)
        with ThreadPoolExecutor(4) as pool:
            asked = [pool.submit(status, url + "sparql?query=ASK%7B%7D") for _ in range(60)]
        assert {one.result() for one in asked} == {200}
        wait_for(lambda: counted(url) == 60)
        first = children(process.pid)[0]
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: len(set(children(process.pid)) - {first}) == 2)
        wait_for(lambda: status(url + "sparql?query=ASK%7B%7D") == 200)
        assert counted(url) >= 60
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert status(url) == 0


def test_any_process_knows_what_came_of_a_hand_in(tmp_path: Path) -> None:
    """The answer to it is asked for on another connection, as behind a proxy."""
    (tmp_path / "red.toml").write_text(INGEST, "utf-8")
    key = str(catalogue.json_of(tmp_path, "token", "create", "tamaris")["key"])
    Place(tmp_path).publish()
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    command = [sys.executable, "-m", "red_catalog", "serve", "--processes", "2"]
    process = subprocess.Popen(
        [*command, "--port", str(port)], cwd=tmp_path, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(lambda: up(url) >= 2 and len(children(process.pid)) == 2)
        given = filled() | {"do": ["submit"], "key": [key]}
        form = f"{url}declare/form"
        answer = requests.post(form, given, allow_redirects=False, timeout=60)
        with ThreadPoolExecutor(4) as pool:
            asked = [pool.submit(status, form + answer.headers["Location"]) for _ in range(40)]
        assert (answer.status_code, {one.result() for one in asked}) == (303, {200})
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def test_children_end_with_their_parent(make_place: Callable[..., Any]) -> None:
    """Where the parent is killed, the port is free again; a hangup is none of their business."""
    place = make_place()
    place.publish()
    port = free_port()
    command = [sys.executable, "-m", "red_catalog", "serve", "--processes", "2"]
    process = subprocess.Popen(
        [*command, "--port", str(port)], cwd=place.root, stderr=subprocess.DEVNULL
    )
    below: list[int] = []
    try:
        wait_for(lambda: up(f"http://127.0.0.1:{port}/") == 6)
        below = children(process.pid)
        for child in below:
            os.kill(child, signal.SIGHUP)
        time.sleep(0.2)
        assert children(process.pid) == below
    finally:
        process.kill()
        process.wait(60)
    wait_for(lambda: not any(Path(f"/proc/{child}").exists() for child in below))
    with listen("127.0.0.1", port):
        pass


def status(url: str) -> int:
    """The status of an answer, 0 for none."""
    try:
        return requests.get(url, timeout=10).status_code
    except requests.RequestException:
        return 0


def metric(url: str, name: str) -> int:
    """A value of `/metrics`."""
    text = requests.get(url + "metrics", timeout=10).text
    found = re.search(rf"^red_catalog_{re.escape(name)} (\d+)$", text, re.MULTILINE)
    return int(found[1]) if found else 0


def up(url: str) -> int:
    """SPARQL workers of all processes; 0 while nobody answers."""
    try:
        return metric(url, "sparql_workers")
    except requests.RequestException:
        return 0


def counted(url: str) -> int:
    """Queries that all processes answered."""
    return metric(url, 'requests_total{kind="sparql",method="GET",status="200"}')


def wait_for(true: Callable[[], bool]) -> None:
    """Waits until something is true."""
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)
