"""The only way out: checked addresses, deadlines, size caps, conditional GET, retries."""

from red_catalog.http.access import check_secrets
from red_catalog.http.body import gunzip, join, refusal, unpack
from red_catalog.http.defects import Refused, printable, unreadable
from red_catalog.http.door import Fetched, Http, user_agent
from red_catalog.http.traffic import Traffic

__all__ = [
    "Fetched",
    "Http",
    "Refused",
    "Traffic",
    "check_secrets",
    "gunzip",
    "join",
    "printable",
    "refusal",
    "unpack",
    "unreadable",
    "user_agent",
]
