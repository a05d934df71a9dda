import math


def multiply(a, b):
    return a * b, (a * b,)


def tanh(a):
    return math.tanh(a), (1 - math.tanh(a) ** 2,)
