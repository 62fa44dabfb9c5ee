"""``tf.estimator`` on every TensorFlow: its own up to 2.15, the package tensorflow-estimator 2.15.0 from 2.16 on.

That package, its last release, is pure Python. It reads some names that TensorFlow has removed since; they are put in
place here before it is imported, which is at the first attribute of this module.
"""

import importlib
import importlib.util
import sys
import types


def __getattr__(name):
    """An attribute of ``tf.estimator``.

    Raises:
        NotInstalled: TensorFlow is 2.16 or newer, and tensorflow-estimator is not installed.
    """
    if name.startswith("__") and name != "__all__":
        raise AttributeError("module %r has no attribute %r" % (__name__, name))
    api = load()
    if name == "__all__":
        return __dir__()
    return getattr(api, name)


def __dir__():
    return [name for name in dir(load()) if not name.startswith("_")]


def load():
    """Imports ``tf.estimator`` if it is not imported yet.

    Returns:
        The module.

    Raises:
        NotInstalled: TensorFlow is 2.16 or newer, and tensorflow-estimator is not installed.
    """
    from tensorflow.python.util import tf_export

    if not hasattr(tf_export, "ESTIMATOR_API_NAME"):
        if importlib.util.find_spec("tensorflow_estimator") is None:
            from tf1.installed.version import NotInstalled

            raise NotInstalled(
                "tf.estimator in TensorFlow 2.16 and newer is the package tensorflow-estimator; "
                "'pip install tensorflow-estimator==2.15.0' installs it"
            )
        _restore_removed_names(tf_export)
    return importlib.import_module("tensorflow_estimator.python.estimator.api._v1.estimator")


def _restore_removed_names(tf_export):
    """Puts the names in place that tensorflow-estimator reads and TensorFlow 2.16 and newer do not have."""
    tf_export.ESTIMATOR_API_NAME = "estimator"
    for attributes, version in ((tf_export.API_ATTRS, ""), (tf_export.API_ATTRS_V1, "_v1")):
        kind = type(attributes[tf_export.TENSORFLOW_API_NAME])
        attributes["estimator"] = kind("_estimator_api_names" + version, "_estimator_api_constants" + version)

    training = types.ModuleType("tensorflow.python.distribute.estimator_training")
    training.init_run_config = _init_run_config
    training.should_run_distribute_coordinator = lambda config: False  # it ran distribution strategies in a cluster
    sys.modules[training.__name__] = training

    for name in ("session_support", "tpu_embedding", "tpu_embedding_gradient"):  # for TPUs only
        name = "tensorflow.python.tpu." + name
        sys.modules[name] = _Missing(name)


class _Missing(types.ModuleType):
    """A module that TensorFlow no longer has: its names can be imported, and calling one is an error."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*args, **kwargs):
            raise NotImplementedError("TensorFlow 2 has no %s.%s" % (self.__name__, name))

        return call


def _init_run_config(config, tf_config):
    """Completes a tf.estimator.RunConfig that has a distribution strategy.

    Args:
        config: the RunConfig.
        tf_config: dict, the contents of TF_CONFIG.

    Raises:
        ValueError: a strategy is given twice, or is to run in a cluster.
    """
    experimental = config._experimental_distribute
    for name in ("train_distribute", "eval_distribute"):
        strategy = getattr(experimental, name, None)
        if strategy is not None:
            if getattr(config, "_" + name) is not None:
                raise ValueError("Either `%s` or `experimental_distribute.%s` can be set." % (name, name))
            setattr(config, "_" + name, strategy)
    cluster = tf_config.get("cluster", {})
    if getattr(experimental, "remote_cluster", None) or (
        cluster and "master" not in cluster and config._train_distribute
    ):
        raise ValueError("tf.estimator in TensorFlow 2.16 and newer runs a distribution strategy on one machine only")
    config._distribute_coordinator_mode = None
    config._init_distributed_setting_from_environment_var(tf_config)
    config._maybe_overwrite_session_config_for_distributed_training()
