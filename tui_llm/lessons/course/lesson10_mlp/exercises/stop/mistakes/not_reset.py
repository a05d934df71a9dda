def stop(losses, patience):
    best = 0
    bad = 0
    for place, loss in enumerate(losses):
        if loss < losses[best]:
            best = place
        elif place > 0:
            bad += 1
            if bad == patience:
                break
    return best
