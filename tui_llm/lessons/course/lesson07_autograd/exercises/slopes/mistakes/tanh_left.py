import math


def multiply(a, b):
    return a * b, (b, a)


def tanh(a):
    return math.tanh(a), (0,)
