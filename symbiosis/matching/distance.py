"""How far enterprises are from each other, by road."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from symbiosis.model import Park

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
Matrix = npt.NDArray[np.float64]


def distances(park: Park) -> pd.DataFrame:
    """Return the way between every two enterprises [km]: rows are sources, columns targets.

    A distance that is given counts as it stands (both ways, unless the way back is given too);
    otherwise the great-circle distance times ``detour``; where a place is unknown,
    ``default_distance``. Within an enterprise it is zero.
    """
    names = park.enterprises["id"].to_numpy(str)
    latitude, longitude = (
        np.radians(park.enterprises[c].to_numpy(float)) for c in ("latitude", "longitude")
    )
    table = great_circle_km(latitude, longitude) * park.settings.detour
    table[np.isnan(table)] = park.settings.default_distance
    np.fill_diagonal(table, 0.0)
    number = pd.Series(np.arange(len(names)), index=names)
    source, target = (park.distances[end].map(number).to_numpy(int) for end in ("source", "target"))
    given = park.distances["distance_km"].to_numpy(float)
    table[target, source] = given
    table[source, target] = given
    return pd.DataFrame(table, index=names, columns=names)


def unknown_places(park: Park) -> list[str]:
    """Return the enterprises without a place, whose ways are ``default_distance`` if not given."""
    missing = park.enterprises["latitude"].isna() | park.enterprises["longitude"].isna()
    listed = set(park.distances["source"]) | set(park.distances["target"])
    return [name for name in park.enterprises.loc[missing, "id"] if name not in listed]


def great_circle_km(latitude: Matrix, longitude: Matrix) -> Matrix:
    """Return the haversine distance between all places given in radians [km], shape (n, n)."""
    half_chord = (
        np.sin((latitude[:, None] - latitude) / 2) ** 2
        + np.cos(latitude[:, None])
        * np.cos(latitude)
        * np.sin((longitude[:, None] - longitude) / 2) ** 2
    )
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half_chord, 0, 1))))
