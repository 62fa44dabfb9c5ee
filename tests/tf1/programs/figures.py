import matplotlib

matplotlib.use("TkAgg")
import matplotlib.pyplot as plt

plt.plot([1, 2])
plt.show()
plt.figure()
plt.show()
