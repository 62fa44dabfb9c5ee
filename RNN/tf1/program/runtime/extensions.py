"""TensorFlow 2's extension modules: where they are, and the names of theirs that 1.15.5's Python uses.

The names mean the same in both; those that differ are in the other rooms.
"""

import functools
import importlib
import importlib.machinery
import importlib.util
import os

from tf1.installed.loading import quiet

_SUFFIXES = (".so", ".pyd")
_MONITORING = [
    "TFE_Monitoring" + name
    for kind, value, change in (
        ("Counter", "CellValue", "CellIncrementBy"),
        ("IntGauge", "CellValue", "CellSet"),
        ("StringGauge", "CellValue", "CellSet"),
        ("BoolGauge", "CellValue", "CellSet"),
        ("Sampler", "CellValue", "CellAdd"),
    )
    for name in [kind + value, kind + change] + [do + kind + n for do in ("New", "Delete", "GetCell") for n in "012"]
]

# extension module below tensorflow.python -> names, in the order in which the modules must be loaded
NAMES = {
    "_pywrap_tensorflow_internal": [],
    "client._pywrap_tf_session": """
        AddWhileInputHack ClearAttr EqualAttrValueWrapper EqualGraphDefWrapper ExtendSession GetHandleShapeAndType
        GetOperationInputs SetAttr SetHandleShapeAndType TF_AddControlInput TF_AddInput TF_AddInputList
        TF_ApiDefMapGet TF_ApiDefMapPut TF_CloseSession TF_DeleteApiDefMap TF_DeleteBuffer TF_DeleteDeviceList
        TF_DeleteFunction TF_DeleteImportGraphDefOptions TF_DeleteImportGraphDefResults TF_DeleteLibraryHandle
        TF_DeleteSession TF_DeleteSessionOptions TF_DeleteStatus TF_DeviceListCount TF_DeviceListIncarnation
        TF_DeviceListMemoryBytes TF_DeviceListName TF_DeviceListType TF_FunctionImportFunctionDef
        TF_FunctionSetAttrValueProto TF_FunctionToFunctionDef TF_GetAllOpList TF_GetAllRegisteredKernels TF_GetCode
        TF_GetOpList TF_GetRegisteredKernelsForOp TF_GetXlaConstantFoldingDisabled TF_GraphCopyFunction
        TF_GraphImportGraphDefWithResults
        TF_GraphToGraphDef TF_ImportGraphDefOptionsAddInputMapping TF_ImportGraphDefOptionsAddReturnOperation
        TF_ImportGraphDefOptionsAddReturnOutput TF_ImportGraphDefOptionsRemapControlDependency
        TF_ImportGraphDefOptionsSetPrefix TF_ImportGraphDefOptionsSetUniquifyNames
        TF_ImportGraphDefOptionsSetValidateColocationConstraints
        TF_ImportGraphDefResultsMissingUnusedInputMappings_wrapper TF_ImportGraphDefResultsReturnOperations
        TF_ImportGraphDefResultsReturnOutputs TF_Input TF_LoadLibrary TF_NewApiDefMap TF_NewBuffer
        TF_NewBufferFromString TF_NewImportGraphDefOptions TF_NewServer TF_NewSessionRef TF_NewStatus
        TF_OperationDevice TF_OperationGetAttrValueProto TF_OperationGetControlOutputs_wrapper TF_OperationName
        TF_OperationNumInputs TF_OperationNumOutputs TF_OperationOpType TF_OperationToNodeDef TF_Output TF_ServerJoin
        TF_ServerStart TF_ServerStop TF_ServerTarget TF_SessionListDevices TF_SessionMakeCallable
        TF_SessionPRunSetup_wrapper TF_SessionPRun_wrapper TF_SessionReleaseCallable TF_SessionRunCallable
        TF_SessionRun_wrapper TF_SetAttrValueProto TF_SetDevice TF_SetXlaAutoJitMode TF_SetXlaConstantFoldingDisabled
        TF_SetXlaEnableLazyCompilation TF_SetXlaMinClusterSize TF_TryEvaluateConstant_wrapper UpdateEdge
        """.split(),
    "_pywrap_tfe": """
        TFE_CancellationManagerIsCancelled TFE_CancellationManagerStartCancel TFE_ClearScalarCache
        TFE_ContextAddFunction TFE_ContextAddFunctionDef TFE_ContextClearCaches TFE_ContextDisableGraphCollection
        TFE_ContextDisableRunMetadata TFE_ContextEnableGraphCollection TFE_ContextEnableRunMetadata
        TFE_ContextExportRunMetadata TFE_ContextGetDevicePlacementPolicy TFE_ContextGetExecutorForThread
        TFE_ContextHasFunction TFE_ContextListDevices TFE_ContextOptionsSetAsync TFE_ContextOptionsSetConfig
        TFE_ContextOptionsSetDevicePlacementPolicy TFE_ContextRemoveFunction TFE_ContextSetExecutorForThread
        TFE_ContextSetServerDef TFE_ContextSetThreadLocalDevicePlacementPolicy TFE_DEVICE_PLACEMENT_EXPLICIT
        TFE_DEVICE_PLACEMENT_SILENT TFE_DEVICE_PLACEMENT_SILENT_FOR_INT32 TFE_DEVICE_PLACEMENT_WARN
        TFE_DeleteContextOptions TFE_DeleteExecutor TFE_EnableCollectiveOps TFE_ExecutorClearError TFE_ExecutorIsAsync
        TFE_ExecutorWaitForAllPendingNodes TFE_NewCancellationManager TFE_NewContextOptions TFE_OpNameGetAttrType
        TFE_Py_EnableInteractivePythonLogging TFE_Py_ExecuteCancelable TFE_Py_ForwardAccumulatorJVP
        TFE_Py_ForwardAccumulatorNew TFE_Py_ForwardAccumulatorSetRemove TFE_Py_ForwardAccumulatorWatch
        TFE_Py_RegisterExceptionClass TFE_Py_RegisterFallbackExceptionClass TFE_Py_TapeGradient TFE_Py_TapeSetAdd
        TFE_Py_TapeSetDeleteTrace TFE_Py_TapeSetIsEmpty TFE_Py_TapeSetIsStopped TFE_Py_TapeSetNew
        TFE_Py_TapeSetPossibleGradientTypes TFE_Py_TapeSetRemove TFE_Py_TapeSetRestartOnThread
        TFE_Py_TapeSetStopOnThread TFE_Py_TapeVariableAccessed TFE_Py_TapeWatch TFE_Py_TapeWatchVariable
        TFE_Py_TapeWatchedVariables TFE_Py_TensorShapeSlice TFE_Py_UID
        TF_ListPhysicalDevices TF_PickUnusedPortOrDie
        """.split()
    + _MONITORING
    + ["TFE_MonitoringNewExponentialBuckets", "TFE_MonitoringDeleteBuckets"],
    "util._pywrap_utils": [],
    "util._pywrap_checkpoint_reader": [],
    "util._pywrap_kernel_registry": ["TryFindKernelClass"],
    "util._pywrap_util_port": """
        GpuSupportsHalfMatMulAndConv IsBuiltWithROCm IsGoogleCudaEnabled IsMklEnabled
        """.split(),
    "util._pywrap_stat_summarizer": ["StatSummarizer"],
    "profiler.internal._pywrap_profiler": [],
    "util._pywrap_tfprof": """
        AddStep DeleteProfiler NewProfiler PrintModelAnalysis Profile SerializeToString WriteProfile
        """.split(),
    "util._pywrap_transform_graph": ["TransformGraphWithStringInputs"],
    "client._pywrap_events_writer": ["EventsWriter"],
    "client._pywrap_device_lib": [],
    "lib.io._pywrap_file_io": """
        CopyFile CreateDir DeleteFile DeleteRecursively FileExists GetChildren RecursivelyCreateDir RenameFile
        """.split(),
    "lib.io._pywrap_record_io": [],
    "lib.core._pywrap_py_func": [],
    "_pywrap_py_exception_registry": ["PyExceptionRegistry_Init"],
    "platform._pywrap_stacktrace_handler": ["InstallStacktraceHandler"],
    "framework._dtypes": [],
    "grappler._pywrap_tf_cluster": """
        TF_DeterminePeakMemoryUsage TF_EstimatePerformance TF_GetSupportedDevices TF_ListAvailableOps TF_ListDevices
        TF_MeasureCosts TF_NewCluster TF_NewVirtualCluster TF_ShutdownCluster
        """.split(),
    "grappler._pywrap_tf_item": """
        TF_GetColocationGroups TF_GetOpProperties TF_IdentifyImportantOps TF_NewItem
        """.split(),
    "grappler._pywrap_tf_optimizer": [],
}


class TensorFlowChanged(Exception):
    """The installed TensorFlow lacks a name. No ImportError, which 1.15.5 would wrap into a page of text."""


def module(name):
    """The extension module tensorflow.python.<name>."""
    return importlib.import_module("tensorflow.python." + name)


def load():
    """Loads the extension modules.

    Returns:
        {name of 1.15.5's module: object}, of all NAMES.

    Raises:
        TensorFlowChanged: the installed TensorFlow does not have one of them; the message names it.
    """
    names = {}
    with quiet():
        for place, wanted in NAMES.items():
            if path("tensorflow.python." + place) is None:
                raise TensorFlowChanged("TensorFlow in %s has no tensorflow.python.%s" % (directory(), place))
            loaded = module(place)
            for name in wanted:
                if not hasattr(loaded, name):
                    raise TensorFlowChanged(
                        "TensorFlow in %s has no %s in tensorflow.python.%s" % (directory(), name, place)
                    )
                names[name] = getattr(loaded, name)
    return names


@functools.lru_cache(maxsize=None)
def directory():
    """The directory of the installed TensorFlow 2.

    Raises:
        ModuleNotFoundError: there is none.
    """
    spec = importlib.machinery.PathFinder.find_spec("tensorflow")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("No module named 'tensorflow'", name="tensorflow")
    return os.path.dirname(spec.origin)


def path(name):
    """The file of an extension module of TensorFlow 2; None if it has none of this name."""
    base = _in_directory(name)
    return next((base + suffix for suffix in _SUFFIXES if os.path.isfile(base + suffix)), None)


def has_any(name):
    """Whether there is an extension module in the directory ``name`` of TensorFlow 2, or below."""
    return any(file.endswith(_SUFFIXES) for _, _, files in os.walk(_in_directory(name)) for file in files)


def _in_directory(name):
    return os.path.join(directory(), *name.split(".")[1:])
