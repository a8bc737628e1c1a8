"""What other catalogues read: pages of all that is published, streams of events, the ledger."""
