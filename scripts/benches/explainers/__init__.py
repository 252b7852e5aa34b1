"""Explainers of our own making: spoken by Flite, with the time of every word known to 5 ms."""
