"""Lesson 2: Hebb's rule."""
