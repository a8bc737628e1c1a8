"""`python -m red_catalog` is `red-catalog`."""

from red_catalog.cli import main

if __name__ == "__main__":
    main()
