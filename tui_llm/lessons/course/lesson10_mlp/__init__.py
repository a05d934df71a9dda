"""Lesson 10: the network of Bengio, on the learner's own text."""
