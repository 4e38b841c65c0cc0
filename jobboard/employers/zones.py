"""The time zones that companies choose from."""

from __future__ import annotations

from jobboard.places import states

_USUAL = {
    "America/New_York": "Eastern (New York)",
    "America/Chicago": "Central (Chicago)",
    "America/Denver": "Mountain (Denver)",
    "America/Phoenix": "Arizona (Phoenix)",
    "America/Los_Angeles": "Pacific (Los Angeles)",
    "America/Anchorage": "Alaska (Anchorage)",
    "Pacific/Honolulu": "Hawaii (Honolulu)",
}


def zone_label(zone: str) -> str:
    """The zone as people call it: "Eastern (New York)"."""
    return _USUAL.get(zone) or zone.rpartition("/")[2].replace("_", " ")


def zone_choices(present: str | None = None) -> list[tuple[str, str]]:
    """(zone, label) of the usual zones, then those of other states and territories, then the present one if new."""
    zones = dict.fromkeys((*_USUAL, *sorted({one.time_zone for one in states()})))
    if present and present not in zones and "/" in present:
        from zoneinfo import available_timezones

        if present in available_timezones():
            zones[present] = None
    return [(zone, zone_label(zone)) for zone in zones]
