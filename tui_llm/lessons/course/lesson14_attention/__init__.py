"""Lesson 14: attention, and the block around it."""
