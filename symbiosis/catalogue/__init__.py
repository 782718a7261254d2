"""The catalogue: resources, pathways, prices and names that ship, and how a park sees them."""

from symbiosis.catalogue.catalogue import Catalogue
from symbiosis.catalogue.local import for_park
from symbiosis.catalogue.location import datasets_folder, park_folder, shipped_parks
from symbiosis.catalogue.names import label
from symbiosis.catalogue.read import read_catalogue
from symbiosis.catalogue.tables import CATALOGUE_TABLES, GRADES

__all__ = [
    "CATALOGUE_TABLES",
    "GRADES",
    "Catalogue",
    "datasets_folder",
    "for_park",
    "label",
    "park_folder",
    "read_catalogue",
    "shipped_parks",
]
