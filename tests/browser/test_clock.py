"""The page of legal periods reckons like the program, and says the same without its script."""

from datetime import date
from typing import Any

import pytest

from red_catalog.ehds import clocks

STARTS = ("2029-03-26", "2029-11-30", "2031-11-30", "2028-02-29", "2029-12-31", "2030-08-31")


@pytest.mark.parametrize("path", ["clock.html", "en/clock.html"])
def test_the_script_reckons_like_the_program(browser: Any, root: str, path: str) -> None:
    """Every period from days that try the ends of months, extended or not."""
    page = browser.new_page()
    page.goto(root + path)
    for clock in clocks.CLOCKS:
        page.select_option("#clock-kind", clock.id)
        for start in STARTS:
            page.fill("#clock-start", start)
            told = page.locator(".clock-told time").evaluate_all("all => all.map(t => t.dateTime)")
            due = clocks.deadlines(clock, date.fromisoformat(start))
            assert told == [day.isoformat() for d in due for day in (d.end, d.late)]
    page.select_option("#clock-kind", "fast-track")
    page.fill("#clock-start", "2029-03-26")
    noted = page.locator(".clock-told small").first.inner_text()
    assert "28" in noted  # 26 May 2029 is a Saturday
    page.close()


def test_without_script_the_tables_stay(browser: Any, root: str) -> None:
    """The form is not there; each period is, with its article and two worked examples."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(root + "en/clock.html")
    assert not page.is_visible(".clock-form")
    assert page.locator("[data-clock]").count() == len(clocks.CLOCKS)
    assert "28 February 2030" in page.inner_text("[data-clock=permit]")
    context.close()
