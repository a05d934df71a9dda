def join(tokens, left, right):
    joined = []
    place = 0
    while place < len(tokens):
        joined.append(tokens[place])
        place += 1
    return joined
