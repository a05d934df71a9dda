def rms_norm(x, gain):
    size = sum(value * value for value in x) ** 0.5
    return [value / size * g for value, g in zip(x, gain)]
