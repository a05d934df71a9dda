def weights(inputs, outputs, gain, rng):
    spread = gain / inputs**0.5
    return rng.normal(0.0, spread, (inputs, outputs))
