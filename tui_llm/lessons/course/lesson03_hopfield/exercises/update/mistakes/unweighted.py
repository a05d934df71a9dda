def update(weights, states, unit):
    field = sum(states) - states[unit]
    if field == 0:
        return states[unit]
    return 1 if field > 0 else -1
