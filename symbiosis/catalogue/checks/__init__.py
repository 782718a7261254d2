"""What a catalogue must be beyond readable: closed in mass and elements, below Carnot, sourced."""

from symbiosis.catalogue.checks.everything import catalogue_problems
from symbiosis.catalogue.checks.summary import catalogue_summary

__all__ = ["catalogue_problems", "catalogue_summary"]
