def rms_norm(x, gain):
    mean = sum(x) / len(x)
    size = (sum((value - mean) ** 2 for value in x) / len(x)) ** 0.5
    return [(value - mean) / size * g for value, g in zip(x, gain)]
