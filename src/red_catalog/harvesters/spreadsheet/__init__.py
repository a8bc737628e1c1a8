"""Spreadsheets: a template for holders without RDF, and what they make of it read back."""

from red_catalog.harvesters.spreadsheet.conversion import Conversion, convert_documents
from red_catalog.harvesters.spreadsheet.declaring import convert_declaration, read_declaration
from red_catalog.harvesters.spreadsheet.harvesting import harvest

__all__ = [
    "Conversion", "convert_declaration", "convert_documents", "harvest", "read_declaration",
]  # fmt: skip
