"""Numbers in, intervals out: small pure functions, each with a worked example from print."""
