"""What is asked: composed by Hydra, every key checked."""
