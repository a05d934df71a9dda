"""Lesson 3: Hopfield's network."""
