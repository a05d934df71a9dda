"""Lesson 7: derivatives, the chain rule, and an autograd engine."""
