"""How a résumé leaves the board: as an attachment that no browser shows or runs, and no cache keeps."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import abort, send_file

from jobboard.applications import documents

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from jobboard.applications.models import Document

_log = logging.getLogger(__name__)


def attachment(document: Document) -> Response:
    """The file of `document` under the name it was handed in with; 404 where the disk has lost it."""
    path = documents.store().path(document.storage_name)
    if not path.is_file():
        _log.error("the file of document %d is missing from the store", document.id)
        abort(404)
    response = send_file(
        path,
        mimetype=document.media_type,
        as_attachment=True,
        download_name=document.file_name,
        conditional=False,
        etag=False,
        last_modified=None,
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
