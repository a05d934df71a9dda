import math


def multiply(a, b):
    return a * b, (1, 1)


def tanh(a):
    return math.tanh(a), (1 - math.tanh(a) ** 2,)
