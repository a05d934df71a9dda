def join(tokens, left, right):
    joined = []
    place = 0
    while place < len(tokens):
        if tokens[place : place + 2] == [left, right]:
            return [*joined, left + right, *tokens[place + 2 :]]
        joined.append(tokens[place])
        place += 1
    return joined
