"""`python -m ebrochure` is the command `ebrochure`."""

import sys

from ebrochure.cli import main

sys.exit(main())
