"""The flags of the general equivalence mappings in words.

The flags are those of the documentation that CMS publishes with the mappings: approximate, no map, combination,
scenario, choice list, a digit each.
"""

from __future__ import annotations


def gem_words(flags: str) -> str:
    """What the five flags of a mapping say ("10111"); '' where they are no flags."""
    if len(flags) != 5 or not flags.isdigit():
        return ""
    approximate, no_map, combination, scenario, choice = tuple(flags)
    if no_map == "1":
        return "no equivalent"
    told = ["approximate match" if approximate == "1" else "exact match"]
    if combination == "1":
        told.append(
            f"in combination: one code of each choice list (scenario {scenario}, choice list {choice})"
        )
    return "; ".join(told)
