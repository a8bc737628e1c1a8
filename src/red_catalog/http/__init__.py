"""The only way out: checked addresses, deadlines, size caps, conditional GET, retries."""

from red_catalog.http.access import check_secrets
from red_catalog.http.body import gunzip, is_page, join, refusal, unpack
from red_catalog.http.defects import Purpose, Refused, drop_settings, printable, unreadable
from red_catalog.http.door import Http
from red_catalog.http.exchange import Answer
from red_catalog.http.fetched import Declined, Fetched
from red_catalog.http.headers import user_agent
from red_catalog.http.sending import Sender, Unsent
from red_catalog.http.traffic import Traffic

__all__ = [
    "Answer",
    "Declined",
    "Fetched",
    "Http",
    "Purpose",
    "Refused",
    "Sender",
    "Traffic",
    "Unsent",
    "check_secrets",
    "drop_settings",
    "gunzip",
    "is_page",
    "join",
    "printable",
    "refusal",
    "unpack",
    "unreadable",
    "user_agent",
]
