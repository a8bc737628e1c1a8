"""Every other page: ways to the datasets, how holders stand, what applies, help."""
