"""Runs several tools on the same jobs and writes down what each took and what each got."""
