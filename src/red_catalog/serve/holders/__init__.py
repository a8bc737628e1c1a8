"""What is behind a key: handing descriptions in, yearly checks, dashboards."""
