"""What runs in processes of its own: training, generation, preparation. May import everything but the faces."""
