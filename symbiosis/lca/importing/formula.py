"""Arithmetic in amounts: numbers, parameters and a few functions; nothing else is run."""

import ast
import math
import operator
from collections.abc import Callable, Mapping

LONGEST = 2000
_BINARY: Mapping[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: math.pow,
}
_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "sqrt": math.sqrt, "exp": math.exp, "ln": math.log, "log": math.log10, "abs": abs,
    "min": min, "max": max, "sin": math.sin, "cos": math.cos, "pi": lambda: math.pi,
    "int": lambda x: float(int(x)),
}  # fmt: skip


class FormulaError(ValueError):
    """A text that is no formula of known parameters."""


def evaluated(text: str, parameters: Mapping[str, float]) -> float:
    """Return the value of a formula; names are compared without case.

    Examples
    --------
    >>> evaluated("2 * Yield ^ 2 + sqrt(4)", {"yield": 3.0})
    20.0
    """
    if len(text) > LONGEST:
        raise FormulaError(f"'{text[:20]}...' is too long for a formula")
    try:
        tree = ast.parse(text.replace("^", "**").strip(), mode="eval")
        return _value(tree.body, parameters)
    except FormulaError as error:
        raise FormulaError(f"'{text}' cannot be computed: {error}") from error
    except (SyntaxError, ArithmeticError, ValueError, TypeError, RecursionError) as error:
        raise FormulaError(f"'{text}' is neither a number nor a formula") from error


def _value(node: ast.expr, parameters: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.Name(id=name):
            if name.casefold() not in parameters:
                raise FormulaError(f"nothing is called '{name}'")
            return parameters[name.casefold()]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, parameters)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand, parameters)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _BINARY[type(op)](_value(left, parameters), _value(right, parameters))
        case ast.Call(func=ast.Name(id=name), args=args) if name.casefold() in _FUNCTIONS:
            return _FUNCTIONS[name.casefold()](*(_value(arg, parameters) for arg in args))
    raise FormulaError("only + - * / ^, brackets and simple functions are known")
