"""Prefect only: the same pipeline as flows, for schedules and many machines."""
