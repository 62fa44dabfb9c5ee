import numpy as np
from PIL import Image
print(np.array(Image.fromarray(np.zeros([8, 8], np.uint8)).resize((4, 4), Image.ANTIALIAS)).shape)
