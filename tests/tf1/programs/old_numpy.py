import tensorflow as tf, numpy as np
print(tf.VERSION, np.float(1), __name__)
