"""What tui-llm is measured beside, a file each, and tui-llm itself (`ours`).

Each is a program, `python -m peers.NAME WHAT ...`, that measures one thing once and prints its figures as one line of
JSON, the last of its stdout. The names of the figures are `running.FIGURES`. `running` calls them in turn.
"""
