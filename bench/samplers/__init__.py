"""How noise is drawn, one sampler a file."""
