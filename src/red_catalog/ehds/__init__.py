"""The rules of Regulation (EU) 2025/327 that the catalogue works out; each names its article."""
