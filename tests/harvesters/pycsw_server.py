"""A real CSW and OAI-PMH server, pycsw, for the tests: python pycsw_server.py FOLDER DATABASE.

Runs in a process of its own: what it warns of, and what it imports, is none of our business.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

from pycsw import server  # type: ignore[import-untyped]
from pycsw.core import admin, config  # type: ignore[import-untyped]


class Quiet(WSGIRequestHandler):
    """Answers without a word on stderr."""

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def main(folder: str, database: str) -> None:
    """Loads every record of the folder and serves them on a free port, printed first."""
    url = f"sqlite:///{Path(database).resolve()}"
    context = config.StaticContext()
    admin.setup_db(url, "records", "")
    admin.load_records(context, url, "records", folder)

    def application(environ: dict[str, str], start: Callable[..., object]) -> list[bytes]:
        environ["local.app_root"] = folder
        csw = server.Csw(_settings(httpd.server_port, url), environ)
        status, contents = csw.dispatch_wsgi()
        headers = [("Content-Type", str(csw.contenttype)), ("Content-Length", str(len(contents)))]
        start(status, headers)
        return [contents]

    httpd = make_server("127.0.0.1", 0, application, handler_class=Quiet)
    print(httpd.server_port, flush=True)  # noqa: T201
    httpd.serve_forever()


def _settings(port: int, database: str) -> dict[str, dict[str, str]]:
    return {
        "server": {
            "url": f"http://127.0.0.1:{port}/",
            "encoding": "UTF-8",
            "language": "fr-FR",
            "maxrecords": "100",
            "profiles": "apiso",
        },
        "manager": {"transactions": "false"},
        "metadata:main": {
            "identification_title": "Catalogue exemple",
            "identification_abstract": "Catalogue exemple",
            "identification_keywords": "sante",
            "identification_keywords_type": "theme",
            "identification_fees": "None",
            "identification_accessconstraints": "None",
            "provider_name": "Observatoire exemple",
            "provider_url": "https://ors.exemple.fr/",
            "contact_name": "Service des données",
            "contact_position": "",
            "contact_address": "",
            "contact_city": "",
            "contact_stateorprovince": "",
            "contact_postalcode": "",
            "contact_country": "",
            "contact_phone": "",
            "contact_fax": "",
            "contact_email": "donnees@ors.exemple.fr",
            "contact_url": "https://ors.exemple.fr/",
            "contact_hours": "",
            "contact_instructions": "",
            "contact_role": "pointOfContact",
        },
        "repository": {"database": database, "table": "records"},
        "metadata:inspire": {"enabled": "false"},
    }


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
