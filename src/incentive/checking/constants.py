"""The value of an expression made of constants alone."""

from __future__ import annotations

from fractions import Fraction

from incentive import tree


def fold(node: tree.Expr) -> Fraction | None:
    """The exact value, or None where something is not a constant or a divisor is zero."""
    match node:
        case tree.Constant(value=Fraction() as value):
            return value
        case tree.Negate(value=value):
            inner = fold(value)
            return None if inner is None else -inner
        case tree.Add(terms=terms):
            values = [fold(each) for each in terms]
            return (
                None
                if any(each is None for each in values)
                else sum((each for each in values if each is not None), Fraction(0))
            )
        case tree.Multiply(left=left, right=right) | tree.Divide(left=left, right=right):
            one, two = fold(left), fold(right)
            if one is None or two is None or (isinstance(node, tree.Divide) and two == 0):
                return None
            return one / two if isinstance(node, tree.Divide) else one * two
        case _:
            return None
