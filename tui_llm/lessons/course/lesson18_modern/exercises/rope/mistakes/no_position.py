from math import cos, sin


def rope(x, position, frequencies):
    half = len(x) // 2
    turned = list(x)
    for i in range(half):
        angle = frequencies[i]
        c, s = cos(angle), sin(angle)
        turned[i] = x[i] * c - x[i + half] * s
        turned[i + half] = x[i + half] * c + x[i] * s
    return turned
