"""The errors a person is meant to read: what is wrong, and what to do. Imports only the standard library.

Every layer raises these; the faces print them as `error:` and `hint:` and end with `code`. Anything else that escapes
is a defect of ours and is shown as one.
"""

from __future__ import annotations

import errno

FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130

#: The machine's own words for "no room left": the disk, the user's quota, the largest file allowed.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class UserError(Exception):
    """Something that the user can mend: one sentence says what is wrong (`what`), one what to do (`hint`)."""

    code = BAD_INPUT

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __reduce__(self) -> tuple[type[UserError], tuple[str, str]]:
        return type(self), (self.what, self.hint)


class InputError(UserError):
    """Bad usage or bad input: exit code 2."""


class RunFailedError(UserError):
    """The work was well asked for but could not be done (disk full, no permission, loss not finite): exit code 1."""

    code = FAILED


class InterruptedRunError(UserError):
    """A signal ended a training that was saved first: exit code 130."""

    code = INTERRUPTED


def from_os_error(error: OSError, doing: str) -> UserError:
    """Turn an `OSError` met while `doing` something ("writing the checkpoint") into a sentence and a hint."""
    place = f" ({error.filename})" if error.filename else ""
    if error.errno in NO_ROOM:
        return RunFailedError(
            f"no space is left on the disk while {doing}{place}.",
            "free some space, or choose another folder with --home or TUI_LLM_HOME.",
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return RunFailedError(
            f"there is no permission for {doing}{place}.",
            "change the permissions, or choose another folder with --home or TUI_LLM_HOME.",
        )
    reason = error.strerror or str(error)
    return RunFailedError(f"{doing} failed{place}: {reason}.", "look at the disk and the path, then try again.")
