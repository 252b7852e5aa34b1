"""From finished parts to a published site."""
