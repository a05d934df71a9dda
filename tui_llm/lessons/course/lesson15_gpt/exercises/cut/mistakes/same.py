def cut(ids, start, length):
    inputs = ids[start : start + length]
    return inputs, inputs
