"""scikit-learn's conventions: parameters by name, and ``SKCompat``, arrays in and arrays out."""


class Parameters:
    """get_params and set_params as scikit-learn has them: over the public attributes."""

    def get_params(self, deep=True):
        """{name: value} of the parameters; with ``deep``, of those within them too, as name__inner."""
        found = {}
        for name, value in vars(self).items():
            if name.startswith("_") or callable(value):
                continue
            if deep and hasattr(value, "get_params"):
                found.update({name + "__" + inner: item for inner, item in value.get_params().items()})
            found[name] = value
        return found

    def set_params(self, **params):
        """Sets parameters by name.

        Returns:
            self.

        Raises:
            ValueError: there is no such parameter.
        """
        for key, value in params.items():
            name, _, inner = key.partition("__")
            known = self.get_params(deep=True)
            if name not in known:
                raise ValueError("Invalid parameter %s for estimator %s." % (name, type(self).__name__))
            if inner:
                known[name].set_params(**{inner: value})
            else:
                setattr(self, name, value)
        return self


class SKCompat(Parameters):
    """An Estimator as scikit-learn would have it: arrays in, arrays out, 128 rows at a time.

    Args:
        estimator: the Estimator.
    """

    def __init__(self, estimator):
        self._estimator = estimator

    def fit(self, x, y, batch_size=128, steps=None, max_steps=None, monitors=None):
        """Estimator.fit; returns self."""
        self._estimator.fit(x, y, batch_size=batch_size, steps=steps, max_steps=max_steps, monitors=monitors)
        return self

    def score(self, x, y, batch_size=128, steps=None, metrics=None, name=None):
        """Estimator.evaluate."""
        return self._estimator.evaluate(x, y, batch_size=batch_size, steps=steps, metrics=metrics, name=name)

    def predict(self, x, batch_size=128, outputs=None):
        """Estimator.predict, as an array [n, ...] or {name: array}."""
        return self._estimator.predict(x, batch_size=batch_size, outputs=outputs, as_iterable=False)
