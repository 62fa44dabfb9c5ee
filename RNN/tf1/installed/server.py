"""``tf.train.Server`` at one address; TensorFlow's own listens on all network interfaces, whatever its address.

Its gRPC runs any operation, with access to files, for everyone who reaches the port, and has no option for the
interface. On Linux a socket filter (classic BPF) drops all packets to other addresses.
"""

import contextlib
import ctypes
import ipaddress
import os
import socket
import stat
import struct
import sys

_LOAD_WORD, _LOAD_BYTE, _SHIFT_RIGHT, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x30, 0x74, 0x15, 0x06
_IP_HEADER = 0xFFF00000  # SKF_NET_OFF
_ATTACH_FILTER = 26  # SO_ATTACH_FILTER


def start(cluster, job, index, config):
    """Starts a tf.train.Server that only connections to its own address reach.

    Where that is not possible, it listens on all interfaces, and a warning is logged: the address is not this
    machine's (but a router's or a service's), the system is not Linux, or the process has no permission (loopback needs
    none).

    Args:
        cluster: a tf.train.ClusterSpec.
        job, index: the task.
        config: a tf.ConfigProto.

    Returns:
        The tf.train.Server.

    Raises:
        tf.errors.OpError: TensorFlow cannot start it.
    """
    import tensorflow.compat.v1 as tf  # here, because `import tf1` loads TensorFlow at the first use only

    server = tf.train.Server(cluster, job, index, config=config, start=False)  # listens, but does not serve yet
    host, _, port = cluster.task_address(job, index).rpartition(":")
    try:
        _accept_only(_own_addresses(host.strip("[]")), int(port))
    except OSError as error:
        tf.logging.warning("%s %d listens on all network interfaces, not at %s only: %s", job, index, host, error)
    server.start()
    return server


def _own_addresses(host):
    """The addresses of a host that are this machine's, as ipaddress objects."""
    own = []
    for family, _, _, _, name in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM):
        address = ipaddress.ip_address(name[0].partition("%")[0])
        if address.is_unspecified or (address.is_loopback and host not in ("localhost", str(address))):
            continue  # all interfaces; or this machine's own name, for which the other machines have another address
        with contextlib.suppress(OSError), socket.socket(family) as one:
            one.bind(name)
            own.append(address)
    if not own:
        raise OSError("no address of this machine found for it")
    return own


def _accept_only(addresses, port):
    """Attaches the filter to the sockets of this process at a port."""
    if sys.platform != "linux":
        raise OSError("only Linux can filter its connections")
    program = b"".join(map(_filter, addresses)) + struct.pack("HBBI", _RETURN, 0, 0, 0)
    code = ctypes.create_string_buffer(program)
    option = struct.pack("HP", len(program) // 8, ctypes.addressof(code))
    listening = 0
    for _ in range(2):  # again, for connections that TensorFlow has accepted before the filter was there
        for one in _sockets(port):
            try:
                one.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, option)
            except PermissionError:  # new versions of Linux ask for CAP_NET_ADMIN; loopback alone does without
                if not all(address.is_loopback for address in addresses):
                    raise
                if not one.getsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, 16):
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo")
            with contextlib.suppress(BlockingIOError):
                while one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    listening += 1
                    one.accept()[0].close()  # not accepted yet, but older than the filter; a task tries again
    if not listening:
        raise OSError("nothing listens at port %d" % port)


def _filter(address):
    """Instructions of BPF that accept a packet to an address, and jump behind themselves otherwise."""
    words = struct.unpack("!%dI" % (len(address.packed) // 4), address.packed)
    start = _IP_HEADER + (16 if address.version == 4 else 24)  # of the destination address
    steps = [(_LOAD_BYTE, 0, 0, _IP_HEADER), (_SHIFT_RIGHT, 0, 0, 4)]
    steps += [(_JUMP_IF_EQUAL, 0, 2 * len(words) + 1, address.version)]
    for index, word in enumerate(words):
        steps += [(_LOAD_WORD, 0, 0, start + 4 * index)]
        steps += [(_JUMP_IF_EQUAL, 0, 2 * (len(words) - index) - 1, word)]
    return b"".join(struct.pack("HBBI", *step) for step in steps + [(_RETURN, 0, 0, 0xFFFFFFFF)])


def _sockets(port):
    """The TCP sockets of this process at a port, each as a duplicate."""
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):  # closed meanwhile
            if stat.S_ISSOCK(os.stat("/proc/self/fd/" + name).st_mode):
                with socket.socket(fileno=os.dup(int(name))) as one:
                    if one.family in (socket.AF_INET, socket.AF_INET6) and one.getsockname()[1] == port:
                        yield one
