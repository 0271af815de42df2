"""The command `guide`. Everything is joined in `guide_app.cli`; a process that makes posters needs none of that."""

import sys


def main() -> int:
    """The command; returns its exit code."""
    if sys.argv[1:] == ["--make-posters"]:  # ui.kit.poster.crew starts it so
        from ui.kit.poster.worker import work  # noqa: PLC0415 - each loads only what it needs

        work()
    from guide_app.cli.main import main as command  # noqa: PLC0415 - same

    return command()


if __name__ == "__main__":
    sys.exit(main())
