"""The register: every record's exact description, verdict, state, owner and history."""
