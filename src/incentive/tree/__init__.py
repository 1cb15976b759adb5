"""The evaluation tree: what a plan means, with every guess written down."""

from incentive.tree.nodes import *  # noqa: F403
