"""Lesson 6: the deep belief network."""
