"""From a source to the register: ask, gather, reconcile, examine, commit."""
