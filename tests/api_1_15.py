"""The public API of TensorFlow 1 as data: every public name with its kind and its parameters.

``python3.7 tests/api_1_15.py`` on TensorFlow 1.15.5 prints what is in tests/reference/api_1_15.json (``make tf1-api``);
``tf1 tests/api_1_15.py tests/reference/api_1_15.json`` prints the same names as an old program sees them here.
"""

import enum
import inspect
import json
import sys
import types

# tf.contrib is 1.15.5's own, compat.v1 is tf itself, compat.v2 was a preview of TensorFlow 2
LEFT_OUT = {"tf.contrib", "tf.compat.v1", "tf.compat.v2", "tf.keras.estimator", "tf.examples"}


def default_text(value):
    """The text of a default value; the same for equal values on every version."""
    if value is None or isinstance(value, (bool, int, float, str, bytes)):
        return repr(value)
    if isinstance(value, (tuple, list)):
        inner = [default_text(item) for item in value]
        return ("(%s)" if isinstance(value, tuple) else "[%s]") % ", ".join(inner)
    if isinstance(value, dict):
        return "{%s}" % ", ".join("%s: %s" % (default_text(k), default_text(v)) for k, v in sorted(value.items()))
    if hasattr(value, "as_datatype_enum"):
        return value.name
    if inspect.isroutine(value) or inspect.isclass(value):
        return value.__name__
    if hasattr(value, "name") and hasattr(value, "value"):  # an enum's member
        return value.name
    return type(value).__name__


def parameters_text(function, bound=False):
    """The parameters with their defaults, as in "(x, axis=None)"; "?" where Python cannot tell them."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return "?"
    if bound:
        parameters = parameters[1:]
    texts, keyword_only = [], False
    for parameter in parameters:
        if parameter.kind == parameter.KEYWORD_ONLY and not keyword_only:
            keyword_only = True
            if not any(text.startswith("*") for text in texts):
                texts.append("*")
        stars = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
        default = "" if parameter.default is parameter.empty else "=" + default_text(parameter.default)
        texts.append(stars + parameter.name + default)
    return "(%s)" % ", ".join(texts)


def _describe_members(path, cls, exported, found):
    """Adds the public methods of cls, except those that an exported base class or one of Python's own lists."""
    if hasattr(cls, "DESCRIPTOR"):  # a protobuf message
        return
    bases = [base for base in cls.__mro__[1:] if base in exported or not base.__module__.startswith("tensorflow")]
    for name in sorted(dir(cls)):
        if name.startswith("_"):
            continue
        definition = inspect.getattr_static(cls, name)
        if not any(inspect.getattr_static(base, name, None) is definition for base in bases):
            found[path + "." + name] = describe_member(cls, name)


def describe_member(cls, name):
    """One method or attribute of a class in words."""
    definition = inspect.getattr_static(cls, name)
    function = definition.__func__ if isinstance(definition, (staticmethod, classmethod)) else definition
    if inspect.isfunction(function):
        return "method " + parameters_text(function, bound=not isinstance(definition, staticmethod))
    return "attribute"


def _walk(path, module, seen, objects):
    seen.add(id(module))
    names = set(dir(module)) | set(getattr(module, "__all__", ()))
    for name in sorted(names):
        if name.startswith("_") or path + "." + name in LEFT_OUT:
            continue
        try:
            value = getattr(module, name)
        except (AttributeError, ImportError):
            continue
        if isinstance(value, types.ModuleType):
            if is_public_module(value) and id(value) not in seen:
                objects[path + "." + name] = value
                _walk(path + "." + name, value, seen, objects)
        else:
            objects[path + "." + name] = value


def is_public_module(module):
    """Whether a module is part of the API, and not one of TensorFlow's inner modules that the API leaks."""
    return "_api." in module.__name__ or ".api._v1" in module.__name__


def describe(tf):
    """{"tf.nn.relu": "function (features, name=None)", ...}: the public API below the module tf."""
    objects = {}
    _walk("tf", tf, set(), objects)
    exported = {value for value in objects.values() if inspect.isclass(value)}
    found = {}
    for path, value in objects.items():
        found[path] = describe_one(value)
        if inspect.isclass(value):
            _describe_members(path, value, exported, found)
    return found


def describe_one(value):
    """One object of the API in words."""
    if isinstance(value, types.ModuleType):
        return "module"
    if inspect.isclass(value):
        return "class " + _constructor_text(value)
    if callable(value) and not hasattr(value, "as_datatype_enum"):
        return "function " + parameters_text(value)
    return "constant " + default_text(value)


def _constructor_text(cls):
    if issubclass(cls, enum.Enum):
        return "(value)"
    constructor = cls.__new__ if cls.__init__ is object.__init__ else cls.__init__
    return "()" if constructor is object.__new__ else parameters_text(constructor, bound=True)


def describe_names(tf, paths):
    """The same of the names in paths; None for those that do not exist."""
    return {path: _describe_path(tf, path) for path in paths}


def _describe_path(tf, path):
    value, names = tf, path.split(".")[1:]
    for name in names:
        holder = value
        try:
            value = getattr(holder, name)
        except (AttributeError, ImportError):
            return None
    return describe_member(holder, names[-1]) if inspect.isclass(holder) else describe_one(value)


def main():
    import tensorflow as tf

    tf.logging.set_verbosity(tf.logging.ERROR)
    if len(sys.argv) > 1:
        with open(sys.argv[1]) as file:
            described = describe_names(tf, json.load(file))
    else:
        described = describe(tf)
    json.dump(described, sys.stdout, indent=0, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
