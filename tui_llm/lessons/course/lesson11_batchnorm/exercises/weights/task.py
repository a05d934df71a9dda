def weights(inputs, outputs, gain, rng):
    spread = 1.0
    return rng.normal(0.0, spread, (inputs, outputs))
