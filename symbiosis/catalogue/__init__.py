"""The catalogue: resources, pathways, prices and names that ship, and how a park sees them."""

from symbiosis.catalogue.catalogue import Catalogue
from symbiosis.catalogue.local import for_park
from symbiosis.catalogue.location import datasets_folder, park_folder, shipped_parks
from symbiosis.catalogue.names import label
from symbiosis.catalogue.read import read_catalogue
from symbiosis.catalogue.resolve import (
    Candidate,
    Lexicon,
    Resolution,
    meant,
    plant_lexicon,
    resolved,
    resource_lexicon,
)
from symbiosis.catalogue.tables import CATALOGUE_TABLES, GRADES

__all__ = [
    "CATALOGUE_TABLES",
    "GRADES",
    "Candidate",
    "Catalogue",
    "Lexicon",
    "Resolution",
    "datasets_folder",
    "for_park",
    "label",
    "meant",
    "park_folder",
    "plant_lexicon",
    "read_catalogue",
    "resolved",
    "resource_lexicon",
    "shipped_parks",
]
