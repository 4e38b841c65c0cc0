"""States, cities and ZIP codes of the United States, with coordinates and time zones."""

from jobboard.places.distances import miles_from, place_key, rings
from jobboard.places.gazetteer import Place, city, find_place, postal_code
from jobboard.places.states import State, state, states, time_zone

__all__ = [
    "Place",
    "State",
    "city",
    "find_place",
    "miles_from",
    "place_key",
    "postal_code",
    "rings",
    "state",
    "states",
    "time_zone",
]
