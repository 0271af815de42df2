"""The command `guide`. Everything is joined in `guide_app.cli`."""

import sys
from multiprocessing import freeze_support

from guide_app.cli.main import main

if __name__ == "__main__":
    freeze_support()  # in a bundle, the processes that make posters are this same program
    sys.exit(main())
