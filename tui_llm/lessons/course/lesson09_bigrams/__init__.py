"""Lesson 9: which character follows which, counted and learnt."""
