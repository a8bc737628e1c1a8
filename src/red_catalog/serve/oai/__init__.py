"""The catalogue as an OAI-PMH 2.0 repository."""
