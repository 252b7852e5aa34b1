"""ebrochure: recorded explainers in, accessible captioned brochure pages out."""

__version__ = "0.1.0"
