"""Spreadsheets: a template for holders without RDF, and what they make of it read back."""

from red_catalog.harvesters.spreadsheet.conversion import Conversion, convert_documents
from red_catalog.harvesters.spreadsheet.harvesting import TYPES, harvest

__all__ = ["TYPES", "Conversion", "convert_documents", "harvest"]
