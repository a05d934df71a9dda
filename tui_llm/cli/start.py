"""Where the program begins. Bare `tui-llm` opens the app at once; with anything behind it, `cli.main` parses that.

Imports the standard library and the errors: parsing alone takes a tenth of the time in which the app is to be there.
"""

from __future__ import annotations

import sys
from typing import NoReturn

from tui_llm.errors import UserError


def main() -> NoReturn:
    """Do what the command line says and leave with its exit code."""
    if sys.argv[1:]:
        from tui_llm.cli.main import main as run_command

        run_command()
    from tui_llm.cli.face import open_app

    try:
        sys.exit(open_app(None, no_mouse=False, debug=False))
    except UserError as error:
        from tui_llm.cli.output import show_error

        show_error(error.what, error.hint)
        sys.exit(error.code)
