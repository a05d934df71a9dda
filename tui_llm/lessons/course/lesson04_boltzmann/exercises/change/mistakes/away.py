def change(data, dreams, i, j, rate):
    awake = sum(state[i] * state[j] for state in data) / len(data)
    asleep = sum(state[i] * state[j] for state in dreams) / len(dreams)
    return rate * (asleep - awake)
