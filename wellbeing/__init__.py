"""From a school's survey export to figures, comparisons and suggestions for the advice conversation.

The pipeline in ten lines (``wellbeing/pipeline.py`` is the same picture in code)::

    file ── read ──▶ raw table ── recode ──▶ answers ── score ──▶ scores ── count ──▶ counts
                                                                                       │
    ·························· no row of a pupil exists beyond this point ·············┼····
                                                                                       ▼
    packages ◀── suggest ── findings ◀── highlight ── comparisons ◀── compare ── protect
"""

__version__ = "0.1.0"
