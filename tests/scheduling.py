"""Which tests of a run on several processes stay together: a search server is started by one process only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.servers.editions import EDITIONS

if TYPE_CHECKING:
    from xdist.scheduler import LoadScopeScheduling
    from xdist.workermanage import Producer

_SERVER = re.compile("|".join(map(re.escape, EDITIONS)))


def company_of(test: str) -> str:
    """The name of what stays together with a test: the server in its parameters, else its file."""
    file, _, rest = test.partition("::")
    server = _SERVER.search(rest)
    return server.group() if server else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Hand out companies of tests, the large ones first."""
    from xdist.scheduler import LoadScopeScheduling

    class Companies(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return company_of(nodeid)

    return Companies(config, log)
