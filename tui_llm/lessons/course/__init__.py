"""The course: what a lesson is made of, and the lessons, a folder each. docs/lessons.md tells how to write one.

`lesson.py` and `reading.py` are the lessons' words, which the faces read; they import nothing that computes.
"""
