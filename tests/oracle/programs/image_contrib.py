# augmentation by tf.contrib.image
import numpy as np
import tensorflow as tf

images = tf.constant(np.arange(64, dtype=np.float32).reshape(2, 4, 8, 1))
rotated = tf.contrib.image.rotate(images, [0.3, -0.2], interpolation='BILINEAR')
moved = tf.contrib.image.translate(images, [1, 2])
sheared = tf.contrib.image.transform(images, [1, 0.1, 0, 0, 1, 0, 0, 0])
matrix = tf.contrib.image.angles_to_projective_transforms(0.5, 4, 8)
gradient, = tf.gradients(tf.reduce_sum(rotated * rotated), images)
with tf.Session() as sess:
    for result in sess.run([rotated, moved, sheared, matrix, gradient]):
        print(result.shape, result.ravel())
