"""SHACL shapes compiled to a plan that validates one record at a time on plain terms."""

from red_catalog.validation.compiled.data import Background
from red_catalog.validation.compiled.plan import Plan, Unsupported, compile_shapes

__all__ = ["Background", "Plan", "Unsupported", "compile_shapes"]
