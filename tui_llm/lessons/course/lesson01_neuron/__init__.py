"""Lesson 1: the neuron of McCulloch and Pitts."""
