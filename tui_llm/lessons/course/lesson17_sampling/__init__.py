"""Lesson 17: sampling."""
