def stop(losses, patience):
    best = 0
    return best
