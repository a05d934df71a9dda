from math import cos, sin


def rope(x, position, frequencies):
    half = len(x) // 2
    turned = list(x)
    for i in range(half):
        c, s = cos(0), sin(0)
        turned[i], turned[i + half] = x[i], x[i + half]
    return turned
