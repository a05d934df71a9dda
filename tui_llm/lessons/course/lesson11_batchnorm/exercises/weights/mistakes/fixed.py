def weights(inputs, outputs, gain, rng):
    spread = gain
    return rng.normal(0.0, spread, (inputs, outputs))
