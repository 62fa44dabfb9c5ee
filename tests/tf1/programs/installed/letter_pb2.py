"""Messages as protoc wrote them until 2022, shortened."""
import sys
_b=sys.version_info[0]<3 and (lambda x:x) or (lambda x:x.encode('latin1'))
from google.protobuf import descriptor as _descriptor
from google.protobuf import reflection as _reflection
from google.protobuf import message as _message
from tensorflow.core.framework import node_def_pb2 as tensorflow_dot_core_dot_framework_dot_node__def__pb2


DESCRIPTOR = _descriptor.FileDescriptor(
  name='letter.proto',
  package='post',
  syntax='proto3',
  serialized_pb=_b('\n\x0cletter.proto\x12\x04post\x1a(tensorflow/core/framework/node_def.proto\"I\n\x06Letter\x12\x0c\n\x04text\x18\x01 \x01(\t\x12\x0e\n\x06\x63opies\x18\x02 \x01(\x05\x12!\n\x04node\x18\x03 \x01(\x0b\x32\x13.tensorflow.NodeDefb\x06proto3')
  ,
  dependencies=[tensorflow_dot_core_dot_framework_dot_node__def__pb2.DESCRIPTOR,])

_LETTER = _descriptor.Descriptor(
  name='Letter',
  full_name='post.Letter',
  filename=None,
  file=DESCRIPTOR,
  containing_type=None,
  fields=[],
  serialized_start=62,
  serialized_end=135,
)
Letter = _reflection.GeneratedProtocolMessageType('Letter', (_message.Message,), dict(DESCRIPTOR=_LETTER))
