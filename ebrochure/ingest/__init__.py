"""From a dropped folder to a checked `Service`."""
