"""Lesson 5: the restricted Boltzmann machine."""
