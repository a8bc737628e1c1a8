"""The sample catalogue, from harvest to pages: what `make run` calls."""  # noqa: INP001

import argparse
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from feed_server import HOST, PORT, make_server

SAMPLES: Final = Path(__file__).resolve().parent
# The samples hold defects on purpose: findings (1) and failed sources (3) end the demo well.
_FINE: Final = {0, 1, 3}


def listen() -> socket.socket:
    """Listens on the sample feed's port, or on a free one where another program does."""
    try:
        return socket.create_server((HOST, PORT))
    except OSError:
        return socket.create_server((HOST, 0))


def prepare(folder: Path, port: int, feed: int) -> Path:
    """A fresh copy of the samples, on these ports; only an earlier copy is replaced."""
    settings = folder / "red.toml"
    if folder.exists() and any(folder.iterdir()):
        if not settings.is_file() or not (folder / "feed").is_dir() or folder.samefile(SAMPLES):
            sys.exit(f"{folder} is not an earlier demonstration: name another with --folder.")
        shutil.rmtree(folder)
    ours = shutil.ignore_patterns("*.py", "__pycache__")
    shutil.copytree(SAMPLES, folder, ignore=ours, dirs_exist_ok=True)
    for path in [settings, *(folder / "feed").iterdir()]:
        text = path.read_text("utf-8").replace(f"{HOST}:{PORT}", f"{HOST}:{feed}")
        path.write_text(text.replace(f"{HOST}:8000/", f"{HOST}:{port}/"), "utf-8")
    return settings


def red_catalog(settings: Path, verb: str, *options: str) -> int:
    """Runs one command on the catalogue; returns its exit code."""
    command = [sys.executable, "-m", "red_catalog", verb, "--config", str(settings), *options]
    return subprocess.run(command, check=False).returncode  # noqa: S603


def main() -> int:
    """Copies, harvests, publishes, says where things are, serves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-serve", action="store_true", help="stop after publishing")
    parser.add_argument("--folder", type=Path, default=Path("build/demo"))
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    # From here on nobody else can take the port.
    listener = listen()
    settings = prepare(options.folder, options.port, listener.getsockname()[1])
    public = options.folder / "public" / "current"
    with make_server(options.folder / "feed", listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        code = red_catalog(settings, "run")
        server.shutdown()
    if code not in _FINE or not public.exists():
        return code or 5
    print(f"\nConfiguration  {settings}\nRelease        {public}", flush=True)  # noqa: T201
    if options.no_serve:
        told = f"red-catalog serve --config {settings} --port {options.port}"
        print(f"Next           {Path(sys.executable).parent / told}", flush=True)  # noqa: T201
        return 0
    print(f"Serving        http://{HOST}:{options.port}/ (Ctrl+C stops)", flush=True)  # noqa: T201
    try:
        return red_catalog(settings, "serve", "--port", str(options.port))
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
