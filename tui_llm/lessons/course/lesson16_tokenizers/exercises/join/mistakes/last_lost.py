def join(tokens, left, right):
    joined = []
    place = 0
    while place < len(tokens) - 1:
        if tokens[place : place + 2] == [left, right]:
            joined.append(left + right)
            place += 2
        else:
            joined.append(tokens[place])
            place += 1
    return joined
