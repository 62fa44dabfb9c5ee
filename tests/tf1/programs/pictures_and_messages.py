"""Names of Pillow and a parameter of protobuf that their later versions removed."""

from google.protobuf import struct_pb2, text_format

message = struct_pb2.Value(number_value=1.5)
print(text_format.MessageToString(message, as_one_line=True, float_format=".3g"))
try:
    from PIL import Image
except ImportError:
    print("no Pillow")
else:
    print(Image.new("L", (4, 4)).resize((2, 2), Image.ANTIALIAS).size, Image.BICUBIC == Image.CUBIC)
