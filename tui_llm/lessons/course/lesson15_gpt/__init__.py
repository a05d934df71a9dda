"""Lesson 15: the whole GPT, trained on the learner's text and looked into."""
