"""Lesson 18: what GPT became."""
