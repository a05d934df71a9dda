"""Lesson 11: first weights, saturated tanh, BatchNorm."""
