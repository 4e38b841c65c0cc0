"""Makes `python -m jobboard` the same as `jobboard`."""

from jobboard.cli import main

main()
