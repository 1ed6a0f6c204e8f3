"""Texts in which two stars make a part bold, for formats that are not HTML."""

from __future__ import annotations


def parts(text: str) -> tuple[tuple[str, bool], ...]:
    """Cut a text into pieces, each with whether it is bold. Lone stars stay stars.

    >>> parts("Er zijn **3** onderwerpen.")
    (('Er zijn ', False), ('3', True), (' onderwerpen.', False))
    >>> parts("2 ** 3")
    (('2 ** 3', False),)
    """
    pieces = text.split("**")
    if len(pieces) % 2 == 0:
        pieces[-2:] = ["**".join(pieces[-2:])]
    return tuple((piece, at % 2 == 1) for at, piece in enumerate(pieces) if piece)


def plain(text: str) -> str:
    """Give a text without its stars.

    >>> plain("Er zijn **3** onderwerpen.")
    'Er zijn 3 onderwerpen.'
    """
    return "".join(piece for piece, _ in parts(text))
