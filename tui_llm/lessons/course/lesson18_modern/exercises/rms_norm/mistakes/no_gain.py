def rms_norm(x, gain):
    size = (sum(value * value for value in x) / len(x)) ** 0.5
    return [value / size for value in x]
