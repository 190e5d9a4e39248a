const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/u));

/** Keywords of Python 2.7, which cannot be names. */
export const KEYWORDS =
  list(`and as assert break class continue def del elif else except exec finally for from global if
import in is lambda not or pass print raise return try while with yield`);

/** What `from __future__ import` knows in Python 2.7. */
export const FUTURES = list(
  'nested_scopes generators division absolute_import with_statement print_function unicode_literals',
);

/** Names that are there without being defined, the module's own included. */
export const BUILTINS = list(`ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning
DeprecationWarning EOFError Ellipsis EnvironmentError Exception False FloatingPointError FutureWarning GeneratorExit IOError
ImportError ImportWarning IndentationError IndexError KeyError KeyboardInterrupt LookupError MemoryError NameError None
NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning ReferenceError RuntimeError RuntimeWarning
StandardError StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError True TypeError UnboundLocalError
UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning
ZeroDivisionError __builtins__ __debug__ __doc__ __file__ __import__ __name__ __package__ abs all any apply basestring bin bool
buffer bytearray bytes callable chr classmethod cmp coerce compile complex copyright credits delattr dict dir divmod enumerate
eval execfile exit file filter float format frozenset getattr globals hasattr hash help hex id input int intern isinstance
issubclass iter len license list locals long map max memoryview min next object oct open ord pow print property quit range
raw_input reduce reload repr reversed round set setattr slice sorted staticmethod str sum super tuple type unichr unicode vars
xrange zip`);
