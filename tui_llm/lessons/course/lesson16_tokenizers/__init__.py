"""Lesson 16: tokenizers."""
