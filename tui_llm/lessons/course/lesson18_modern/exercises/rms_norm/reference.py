def rms_norm(x, gain):
    mean_square = sum(value * value for value in x) / len(x)
    size = mean_square**0.5
    return [value / size * g for value, g in zip(x, gain)]
