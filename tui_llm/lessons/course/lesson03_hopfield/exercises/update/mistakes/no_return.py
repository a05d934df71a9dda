def update(weights, states, unit):
    field = sum(weight * state for weight, state in zip(weights[unit], states))
    if field != 0:
        states[unit] = 1 if field > 0 else -1
