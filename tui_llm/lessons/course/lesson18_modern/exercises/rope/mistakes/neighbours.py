from math import cos, sin


def rope(x, position, frequencies):
    half = len(x) // 2
    turned = list(x)
    for i in range(half):
        angle = position * frequencies[i]
        c, s = cos(angle), sin(angle)
        turned[2 * i] = x[2 * i] * c - x[2 * i + 1] * s
        turned[2 * i + 1] = x[2 * i + 1] * c + x[2 * i] * s
    return turned
