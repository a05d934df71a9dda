"""Lesson 8: a neuron, a layer, a multi-layer perceptron on two moons."""
