"""The verbs: one module per step of the pipeline. No stage imports another."""
