"""`serve`: answering those who read the catalogue."""

from pathlib import Path

import click

from red_catalog import config
from red_catalog.commands.options import clock, with_place
from red_catalog.pipeline.explaining import explain_for
from red_catalog.serve.running import serve as serve_release


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535),
              help="Its port; 0: any that is free.")  # fmt: skip
@click.option(
    "--processes",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="How many processes answer; each has SPARQL workers of its own.",
)
@with_place
def serve(config_path: Path, host: str, port: int, processes: int) -> None:
    """Serve the live release: pages, files and SPARQL."""
    clock()  # what is no time is told here, not to whoever asks first
    place = config.load(config_path)
    serve_release(place, explain_for(place), host, port, processes)
