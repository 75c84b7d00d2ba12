"""Reports: what people read. So far the reference page of the ontology.

Layer: above exports and synthesis, below the workspace.
"""

from kg.reports.reference import render_reference
from kg.reports.usage import count_usage

__all__ = ["count_usage", "render_reference"]
