def weights(inputs, outputs, gain, rng):
    spread = gain / inputs
    return rng.normal(0.0, spread, (inputs, outputs))
