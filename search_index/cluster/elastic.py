"""Calls through the official client of Elasticsearch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from elastic_transport import ConnectionTimeout, JsonSerializer, SerializationError, TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError

from search_index.access import Access, Hosts
from search_index.cluster.failures import NotElastic, Overloaded, Refusal
from search_index.errors import Unavailable

_OVERLOADED = {429, 502, 503, 504}


class _Orjson(JsonSerializer):
    """Lets bytes through and reads answers with orjson, whatever the server calls them."""

    def dumps(self, data: Any) -> bytes:
        return data if isinstance(data, bytes) else orjson.dumps(data)

    def loads(self, data: bytes) -> Any:
        return orjson.loads(data) if data else None


class _CompatibleOrjson(_Orjson):
    mimetype = "application/vnd.elasticsearch+json"


class _CompatibleLines(_Orjson):
    mimetype = "application/vnd.elasticsearch+x-ndjson"


def elastic_caller(hosts: Hosts, access: Access) -> Callable[..., Any]:
    """Return the function that calls Elasticsearch at `hosts`; nothing is sent yet.

    It raises `NotElastic` where the server does not say that it is Elasticsearch.
    """
    options: dict[str, Any] = {}
    if access.api_key:
        options["api_key"] = access.api_key
    elif hosts.user:
        options["basic_auth"] = (hosts.user, hosts.password)
    if access.ca:
        options["ca_certs"] = access.ca
    if access.fingerprint:
        options["ssl_assert_fingerprint"] = access.fingerprint
    serializers = [_CompatibleOrjson(), _CompatibleLines()]
    client = Elasticsearch(
        list(hosts.addresses),
        # Another node is tried where one cannot be reached; what timed out is not asked again.
        max_retries=len(hosts.addresses) - 1,
        retry_on_timeout=False,
        retry_on_status=(),
        serializers={one.mimetype: one for one in serializers},
        **options,
    )
    by_seconds: dict[float, Elasticsearch] = {}

    def call(
        method: str, path: str, body: bytes | None, kind: str, parameters: Mapping[str, str], seconds: float
    ) -> Any:
        timed = by_seconds.get(seconds)
        if timed is None:
            timed = by_seconds[seconds] = client.options(request_timeout=seconds)
        headers = {"accept": "application/json"} | ({"content-type": kind} if body is not None else {})
        try:
            return timed.perform_request(method, path, params=parameters, headers=headers, body=body).body
        except UnsupportedProductError as other:
            raise NotElastic from other
        except ApiError as error:
            refusal = Refusal(error.status_code, error.body)
            if error.status_code in _OVERLOADED:
                raise Overloaded(f"the search cluster at {hosts.shown} answered {refusal}") from None
            raise refusal from None
        except ConnectionTimeout:
            raise Unavailable(
                f"the search cluster at {hosts.shown} did not answer within {seconds:g} seconds"
            ) from None
        except TlsError as error:
            raise Unavailable(
                f"the search cluster at {hosts.shown} cannot be trusted ({_words(error)}): "
                "check the CA file or the fingerprint"
            ) from None
        except SerializationError as error:
            raise NotElastic from error
        except TransportError as error:
            raise Unavailable(
                f"the search cluster at {hosts.shown} cannot be reached ({_words(error)})"
            ) from None

    return call


def _words(error: TransportError) -> str:
    return str(error.message)[:300]
