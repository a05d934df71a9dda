"""Lesson 13: the tree of fusion of WaveNet."""
