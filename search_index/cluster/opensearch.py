"""Calls through the official client of OpenSearch, which is installed where it is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from search_index.access import Access, Hosts
from search_index.cluster.failures import Overloaded, Refusal
from search_index.errors import Unavailable

_OVERLOADED = {429, 502, 503, 504}


class _Orjson:
    """Lets bytes through and reads answers with orjson."""

    mimetype = "application/json"

    def dumps(self, data: Any) -> bytes:
        return data if isinstance(data, bytes) else orjson.dumps(data)

    def loads(self, data: str) -> Any:
        return orjson.loads(data) if data else None


def opensearch_caller(hosts: Hosts, access: Access) -> Callable[..., Any]:
    """Return the function that calls OpenSearch at `hosts`; nothing is sent yet.

    Raises `Unavailable` where its client is not installed, or an API key is given, of which it knows nothing.
    """
    try:
        from opensearchpy import OpenSearch, exceptions
    except ModuleNotFoundError as missing:
        raise Unavailable(
            f"what answers at {hosts.shown} is not Elasticsearch; for OpenSearch its client is needed: "
            f"install the extra 'opensearch' ({missing.name} is missing)"
        ) from None
    if access.api_key:
        raise Unavailable(
            f"what answers at {hosts.shown} is not Elasticsearch, and OpenSearch takes no API key: "
            "give user and password in the address"
        )
    options: dict[str, Any] = {}
    if hosts.user:
        options["http_auth"] = (hosts.user, hosts.password)
    if hosts.addresses[0].startswith("https:"):
        if access.fingerprint:
            options |= {"ssl_assert_fingerprint": access.fingerprint, "verify_certs": False}
            options |= {"ssl_show_warn": False, "ssl_assert_hostname": False}
        else:
            options |= {"verify_certs": True, "ca_certs": access.ca or None}
    client = OpenSearch(
        list(hosts.addresses),
        max_retries=len(hosts.addresses) - 1,
        retry_on_timeout=False,
        retry_on_status=(),
        serializer=_Orjson(),
        pool_maxsize=16,
        **options,
    )

    def call(
        method: str, path: str, body: bytes | None, kind: str, parameters: Mapping[str, str], seconds: float
    ) -> Any:
        headers = {"content-type": kind} if body is not None else None
        try:
            return client.transport.perform_request(
                method, path, params=dict(parameters), body=body, timeout=seconds, headers=headers
            )
        except exceptions.ConnectionTimeout:
            raise Unavailable(
                f"the search cluster at {hosts.shown} did not answer within {seconds:g} seconds"
            ) from None
        except exceptions.SSLError as error:
            raise Unavailable(
                f"the search cluster at {hosts.shown} cannot be trusted ({str(error.error)[:300]}): "
                "check the CA file or the fingerprint"
            ) from None
        except exceptions.ConnectionError as error:
            raise Unavailable(
                f"the search cluster at {hosts.shown} cannot be reached ({str(error.error)[:300]})"
            ) from None
        except exceptions.TransportError as error:
            refusal = Refusal(int(error.status_code), _body(error.info))
            if refusal.status in _OVERLOADED:
                raise Overloaded(f"the search cluster at {hosts.shown} answered {refusal}") from None
            raise refusal from None
        except (exceptions.SerializationError, orjson.JSONDecodeError):
            raise Unavailable(
                f"what answers at {hosts.shown} is neither Elasticsearch nor OpenSearch; "
                "check the address of the search cluster"
            ) from None

    return call


def _body(info: Any) -> Any:
    if isinstance(info, str):
        try:
            return orjson.loads(info)
        except orjson.JSONDecodeError:
            return info
    return info
