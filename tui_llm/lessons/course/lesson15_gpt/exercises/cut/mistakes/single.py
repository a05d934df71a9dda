def cut(ids, start, length):
    return ids[start : start + length], ids[start + length : start + length + 1]
