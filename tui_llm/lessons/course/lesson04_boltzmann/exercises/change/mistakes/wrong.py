def change(data, dreams, i, j, rate):
    awake = sum(state[i] or state[j] for state in data) / len(data)
    asleep = sum(state[i] or state[j] for state in dreams) / len(dreams)
    return rate * (awake - asleep)
