"""Incentive plans: exact, explained, checked pay from a plan file."""
