"""Lesson 12: back-propagation by hand through a whole network."""
