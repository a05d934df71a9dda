"""Lesson 4: the Boltzmann machine."""
