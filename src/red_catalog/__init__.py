"""The catalogue of health datasets: harvest, check, publish, serve."""

__version__ = "0.1.0"
