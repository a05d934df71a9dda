from itertools import pairwise


def best_pair(words):
    counts = {}
    for tokens in words:
        for pair in pairwise(tokens):
            counts[pair] = 1
    return max(counts, key=counts.get)
