"""Prints what a library of 2019 finds; the directory where it is installed is the argument."""
import json
import sys

sys.path.insert(0, sys.argv[1])
import letter_pb2
import old_library
import tensorflow as tf
from tensorflow.python.autograph.core import naming
from tensorflow.python.autograph.pyct import compiler, parser

letter = letter_pb2.Letter(text="a", copies=2, node=tf.NodeDef(name="n"))
again = letter_pb2.Letter.FromString(letter.SerializeToString())
literal = parser.parse_expression("1.5")
found = {
    "numpy": old_library.found(),
    "messages": [again.text, again.copies, again.node.name, letter_pb2.Letter.__module__, letter_pb2.Letter.DESCRIPTOR.full_name],
    "autograph": [naming.Namer({}).new_symbol("a", {"a"}), compiler.ast_to_source(parser.parse("b = 1")).split("\n")[-1]],
    "gast": [isinstance(literal, old_library.gast.Num), isinstance(literal, old_library.gast.Name)],
}
print(json.dumps(found))
