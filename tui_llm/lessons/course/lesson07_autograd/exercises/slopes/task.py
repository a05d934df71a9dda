import math


def multiply(a, b):
    return a * b, (0, 0)


def tanh(a):
    return math.tanh(a), (0,)
