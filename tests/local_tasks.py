"""Tasks of a cluster on this machine: their addresses and their environment."""

import json
import os
import socket

import cluster

import tf1 as tf

learn = tf.contrib.learn
RNN = os.path.dirname(cluster.__file__)
ELSEWHERE = "198.51.100.1"  # no address of any machine (RFC 5737)


def last_step(directory):
    """Global step in the last checkpoint."""
    return int(tf.train.load_variable(str(directory / "model"), "global_step"))


def address():
    return "127.0.0.1:%d" % cluster.free_ports(1)[0]


def listener():
    """A socket that accepts connections, as a task that has started would, and its address."""
    one = socket.socket()
    one.bind(("127.0.0.1", cluster.free_ports(1)[0]))
    one.listen(5)
    return one, "127.0.0.1:%d" % one.getsockname()[1]


def accepts(host, port, timeout=0.5):
    """Whether a connection to an address and port of this machine gets an answer of gRPC within some seconds."""
    try:
        with socket.create_connection((host, port), timeout) as one:
            one.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]))
            return bool(one.recv(1))
    except OSError:
        return False


def own_address():
    """The address of this machine in its network; 127.0.0.1 without one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        try:
            one.connect((ELSEWHERE, 9))  # sends nothing
            return one.getsockname()[0]
        except OSError:
            return "127.0.0.1"


def environment(jobs, job, index=0, **more):
    return dict(os.environ, TF_CONFIG=json.dumps(dict(more, cluster=jobs, task={"type": job, "index": index})))
