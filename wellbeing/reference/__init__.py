"""From ``data/`` to ``model.reference``: read, checked, and refused with every problem at once."""
