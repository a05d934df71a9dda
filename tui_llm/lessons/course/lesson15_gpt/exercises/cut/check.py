"""Checks `cut(ids, start, length)`."""

from tui_llm.lessons.course.exercises import Hint

IDS = [7, 1, 4, 4, 9, 2, 5]


def check(task):
    answer = task.cut(list(IDS), 2, 3)
    if answer is None:
        raise Hint("no_return")
    inputs, targets = (list(part) for part in answer)
    if (inputs, targets) == (IDS, IDS):
        raise Hint("unsolved")
    shown = {"inputs": inputs, "targets": targets}
    planned = {
        "same": ([4, 4, 9], [4, 4, 9]),
        "backwards": ([4, 4, 9], [1, 4, 4]),
        "single": ([4, 4, 9], [2]),
        "short": ([4, 4, 9], [4, 9]),
        "swapped": ([4, 9, 2], [4, 4, 9]),
        "from_start": ([7, 1, 4], [1, 4, 4]),
    }
    for hint, made in planned.items():
        if (inputs, targets) == made:
            raise Hint(hint, **shown)
    if (inputs, targets) != ([4, 4, 9], [4, 9, 2]):
        raise Hint("wrong", **shown)
    inputs, targets = (list(part) for part in task.cut(list(IDS), 0, 6))
    if (inputs, targets) != (IDS[:6], IDS[1:]):
        raise Hint("wrong", inputs=inputs, targets=targets)
