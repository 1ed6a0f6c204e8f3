"""What a page must be for everybody: accessible by the rules of WCAG, and no wider than the screen."""

from __future__ import annotations

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def serious(axe, page):
    """Give what axe finds that keeps people out, with the places in the page."""
    found = axe.run(page, options={"runOnly": RULES}).response["violations"]
    return [
        (item["id"], [node["html"][:200] for node in item["nodes"]])
        for item in found
        if item["impact"] in {"serious", "critical"}
    ]


def width(page):
    """Give how wide the page is in pixels, with what sticks out."""
    return max(page.evaluate("[document.documentElement, document.querySelector('.stMain')].map(e => e.scrollWidth)"))
