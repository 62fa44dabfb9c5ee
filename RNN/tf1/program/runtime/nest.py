"""The functions of 1.15.5's C++ nest.

TensorFlow 2's asks for types that 1.15.5 does not register, and its rules differ from version to version.
"""

import collections.abc

from tf1.program.runtime import extensions

_utils = extensions.module("util._pywrap_utils")
_types = {}  # name -> class, as 1.15.5's Python registers them


def RegisterType(name, kind):
    """Registers a class with TensorFlow 2 too, whose eager execution asks for some of the names up to 2.15."""
    if name not in _types and hasattr(_utils, "RegisterType"):
        _utils.RegisterType(name, kind)
    _types[name] = kind


for _name in ("CoreTypeValue", "MutableMapping", "ObjectProxy", "OwnedIterator", "TensorProtocol", "VariableSpec"):
    RegisterType(_name, type(_name, (), {}))  # classes that 1.15.5 does not have


def _is(value, name):
    return name in _types and isinstance(value, _types[name])


def IsTensor(value):
    return _is(value, "Tensor")


def IsVariable(value):
    return _is(value, "Variable")


def IsResourceVariable(value):
    return _is(value, "ResourceVariable")


def IsMapping(value):
    return isinstance(value, collections.abc.Mapping)


def IsMappingView(value):
    return isinstance(value, collections.abc.MappingView)


def IsAttrs(value):
    return hasattr(type(value), "__attrs_attrs__")


def IsNamedtuple(value, strict=False):
    if not isinstance(value, tuple) or (strict and type(value) is tuple):
        return False
    fields = getattr(value, "_fields", None)
    return isinstance(fields, collections.abc.Sequence) and all(isinstance(field, str) for field in fields)


def IsSequence(value):
    if isinstance(value, (list, tuple, dict)):
        return True
    if isinstance(value, (str, bytes, int, float)) or value is None:
        return False
    return isinstance(value, collections.abc.Sequence) or IsMapping(value) or IsMappingView(value) or IsAttrs(value)


def IsCompositeTensor(value):
    return _is(value, "CompositeTensor")


def IsTypeSpec(value):
    return _is(value, "TypeSpec") and not _is(value, "TensorSpec")


def IsSequenceOrComposite(value):
    return IsSequence(value) or IsCompositeTensor(value) or IsTypeSpec(value)


def IsSequenceForData(value):
    """tf.data takes a list for a tensor."""
    return IsSequence(value) and not isinstance(value, list) and not _is(value, "SparseTensorValue")


def children(value, composites=False):
    """The values one level below."""
    if IsMapping(value):
        return [value[key] for key in sorted(value)]
    if IsAttrs(value):
        return [getattr(value, attribute.name) for attribute in type(value).__attrs_attrs__]
    if composites and IsCompositeTensor(value):
        return [value._type_spec._to_components(value)]
    if composites and IsTypeSpec(value):
        return [value._component_specs]
    return list(value)


def _flatten(value, is_sequence, composites, leaves):
    if not is_sequence(value):
        leaves.append(value)
        return leaves
    for child in children(value, composites):
        _flatten(child, is_sequence, composites, leaves)
    return leaves


def Flatten(value, expand_composites=False):
    return _flatten(value, IsSequenceOrComposite if expand_composites else IsSequence, expand_composites, [])


def FlattenForData(value):
    return _flatten(value, IsSequenceForData, False, [])


def SameNamedtuples(first, second):
    return type(first).__name__ == type(second).__name__ and first._fields == second._fields


def AssertSameStructure(first, second, check_types=True, expand_composites=False):
    is_sequence = IsSequenceOrComposite if expand_composites else IsSequence
    _assert_same(first, second, check_types, is_sequence, expand_composites)


def AssertSameStructureForData(first, second, check_types=True):
    _assert_same(first, second, check_types, IsSequenceForData, False)


def _assert_same(first, second, *rules):
    found = _difference(first, second, *rules)
    if found:
        kind, reason = found
        raise kind(
            "The two structures don't have the same nested structure.\n\nFirst structure: %s\n\n"
            "Second structure: %s\n\nMore specifically: %s" % (_text(first), _text(second), reason)
        )


def _text(value):
    return "type=%s str=%s" % (type(value).__name__, value)


def _difference(first, second, check_types, is_sequence, composites):
    """The first difference, as (class of an error, text), in 1.15.5's words; None if there is none."""
    if is_sequence(first) != is_sequence(second):
        nested, leaf = (first, second) if is_sequence(first) else (second, first)
        words = 'Substructure "%s" is a sequence, while substructure "%s" is not'
        return ValueError, words % (_text(nested), _text(leaf))
    if not is_sequence(first):
        return None
    has_specs = composites and all(IsCompositeTensor(value) or IsTypeSpec(value) for value in (first, second))
    found = _difference_of_types(first, second, has_specs) if check_types else None
    if found:
        return found
    if has_specs:
        return _difference_of_specs(*(value if IsTypeSpec(value) else value._type_spec for value in (first, second)))
    parts = children(first, composites), children(second, composites)
    for one, other in zip(*parts):
        found = _difference(one, other, check_types, is_sequence, composites)
        if found:
            return found
    if len(parts[0]) != len(parts[1]):
        words = "The two structures don't have the same number of elements. First structure: %s. Second structure: %s"
        return ValueError, words % (_text(first), _text(second))
    return None


def _difference_of_types(first, second, has_specs):
    if IsNamedtuple(first, True) and IsNamedtuple(second, True):
        same = SameNamedtuples(first, second)
    else:
        both = [type(first) is type(second), has_specs, IsMapping(first) and IsMapping(second)]
        same = any(both) or (isinstance(first, list) and isinstance(second, list))
    if not same:
        words = "The two namedtuples don't have the same sequence type. First structure %s has type %s, "
        words += "while second structure %s has type %s"
        return TypeError, words % (_text(first), type(first).__name__, _text(second), type(second).__name__)
    if IsMapping(first) and IsMapping(second) and set(first) != set(second):
        words = "The two dictionaries don't have the same set of keys. First structure has keys %s, "
        words += "while second structure has keys %s"
        return ValueError, words % (_text(list(first)), _text(list(second)))
    return None


def _difference_of_specs(first, second):
    try:
        first.most_specific_compatible_type(second)
    except (AttributeError, TypeError, ValueError):
        return ValueError, "Incompatible CompositeTensor TypeSpecs: %s vs. %s" % (_text(first), _text(second))
    return None
