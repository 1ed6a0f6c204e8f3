"""Buttons and fields of a page, found by the words that a visitor reads beside them."""

from __future__ import annotations


def click(page, words):
    """Click the first button with these words."""
    next(button for button in page.app.button if button.label == words).click().run()
    assert page.went_well
    return page


def labels(page):
    """Give the words on all buttons."""
    return [button.label for button in page.app.button]


def labelled(elements, label):
    """Find the one field that asks this."""
    (found,) = [element for element in elements if element.label == label]
    return found
