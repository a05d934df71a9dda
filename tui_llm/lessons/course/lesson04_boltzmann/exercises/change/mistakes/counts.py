def change(data, dreams, i, j, rate):
    awake = sum(state[i] * state[j] for state in data)
    asleep = sum(state[i] * state[j] for state in dreams)
    return rate * (awake - asleep)
