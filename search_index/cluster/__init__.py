"""The engine on a cluster: Elasticsearch 8 or 9, or OpenSearch 2 or 3."""

from search_index.cluster.engine import ClusterEngine

__all__ = ["ClusterEngine"]
