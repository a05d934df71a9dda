"""Checks `windows(text, context)`."""

from tui_llm.lessons.course.exercises import Hint

TEXTS = [("abracadabra", 3), ("banana", 2), ("hello", 1), ("ab", 3)]


def wanted(text, context):
    return [(text[end - context : end], text[end]) for end in range(context, len(text))]


def check(task):
    answers = [task.windows(text, context) for text, context in TEXTS]
    if all(answer is None for answer in answers):
        raise Hint("no_return")
    if all(len(answer) == 0 for answer in answers):
        raise Hint("unsolved")
    if any(isinstance(example, str) for example in answers[0]):
        raise Hint("only_context", answer=repr(answers[0][0]))
    found = [tuple(example) for example in answers[0]]
    right = wanted(*TEXTS[0])
    if found == right[:-1]:
        raise Hint("last_missing", count=len(found), last=found[-1])
    if found == right[::3]:
        raise Hint("apart", count=len(found), second=found[1])
    if found[:1] == [("abr", "r")]:
        raise Hint("inside", answer=found[0])
    if found[:1] == [("abr", "acadabra")]:
        raise Hint("rest", answer=found[0])
    for (text, context), answer in zip(TEXTS, answers):
        answer = [tuple(example) for example in answer]
        if answer != wanted(text, context):
            raise Hint("wrong", text=text, context=context, wanted=_told(wanted(text, context)), answer=_told(answer))


def _told(examples):
    shown = ", ".join(map(str, examples[:2]))
    return f"[{shown}, ...], {len(examples)}" if len(examples) > 2 else str(examples)
