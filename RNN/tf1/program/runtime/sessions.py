"""Sessions, servers and devices."""

import importlib

from tf1.program.runtime import extensions, placement

_session = extensions.module("client._pywrap_tf_session")
_devices = extensions.module("client._pywrap_device_lib")
TENSOR_HANDLE_KEY = _session.get_tensor_handle_key()


def TF_Reset(target, containers=None, config=None):
    options = placement.TF_NewSessionOptions(target, config)
    try:
        _session.TF_Reset_wrapper(
            options, [name.encode() if isinstance(name, str) else name for name in containers or ()]
        )
    finally:
        _session.TF_DeleteSessionOptions(options)


def TF_DeleteServer(server):
    """Nothing: the extension module deletes it."""


def list_devices(session_config=None):
    return _devices.list_devices(None if session_config is None else session_config.SerializeToString())


def IsGoogleCudaEnabled():
    """Whether TensorFlow can use a GPU of this machine: 1.15.5 came in two packages, and one of them had no CUDA."""
    devices = extensions.module("_pywrap_tfe").TF_ListPhysicalDevices()
    built = extensions.module("util._pywrap_util_port").IsGoogleCudaEnabled()
    return built and any(b":GPU:" in device for device in devices)


def TF_bfloat16_type():
    return importlib.import_module("ml_dtypes").bfloat16
