"""Adviesgesprek: prepare it, hold it, and write down what was agreed."""

from wellbeing.ui import conversing, keeping, session

analysis = session.require_analysis()

conversing.title(analysis)
conversing.show(analysis, keeping.require_store())
