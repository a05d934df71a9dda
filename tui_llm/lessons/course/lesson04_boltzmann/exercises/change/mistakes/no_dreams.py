def change(data, dreams, i, j, rate):
    awake = sum(state[i] * state[j] for state in data) / len(data)
    return rate * awake
