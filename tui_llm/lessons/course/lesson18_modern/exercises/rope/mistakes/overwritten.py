from math import cos, sin


def rope(x, position, frequencies):
    half = len(x) // 2
    turned = list(x)
    for i in range(half):
        angle = position * frequencies[i]
        c, s = cos(angle), sin(angle)
        turned[i] = turned[i] * c - turned[i + half] * s
        turned[i + half] = turned[i + half] * c + turned[i] * s
    return turned
