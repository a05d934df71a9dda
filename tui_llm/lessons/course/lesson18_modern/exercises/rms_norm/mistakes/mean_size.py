def rms_norm(x, gain):
    size = sum(abs(value) for value in x) / len(x)
    return [value / size * g for value, g in zip(x, gain)]
