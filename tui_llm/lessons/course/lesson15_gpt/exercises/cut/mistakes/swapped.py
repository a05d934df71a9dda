def cut(ids, start, length):
    return ids[start + 1 : start + length + 1], ids[start : start + length]
