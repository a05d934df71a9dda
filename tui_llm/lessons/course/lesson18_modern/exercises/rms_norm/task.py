def rms_norm(x, gain):
    return x
