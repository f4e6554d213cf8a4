"""Sets LLE Desk up from this folder and starts it: `python3 installer/run.py`.

`python3 installer/run.py test` runs all checks; any other words go to the program, for example
`python3 installer/run.py report --help`. Nothing but Python 3.11 is needed beforehand.
"""

# Written so that an old Python can read it and say what it lacks; the work is in steps.py.

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is the check
    sys.exit(
        "LLE Desk needs Python 3.11 or newer, and this is Python %d.%d. "  # noqa: UP031
        "Install a newer one and start this with it." % sys.version_info[:2]
    )

from steps import main

sys.exit(main(sys.argv[1:]))
