"""The command `guide`. Everything is joined in `guide_app.cli`."""

import sys

from guide_app.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
