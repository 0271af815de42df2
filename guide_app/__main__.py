"""The command `guide`. Everything is joined in `guide_app.cli`."""

import sys
from multiprocessing import freeze_support


def main() -> int:
    """The command; returns its exit code."""
    from guide_app.cli.main import main as command  # noqa: PLC0415 - a process that makes posters needs none of it

    return command()


if __name__ == "__main__":
    freeze_support()  # in a bundle, the processes that make posters are this same program
    sys.exit(main())
