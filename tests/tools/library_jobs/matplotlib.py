import matplotlib.pyplot as plt
plt.hist([1, 2, 2]), plt.imshow([[1, 2]]), plt.savefig("figure.png")
print(len(open("figure.png", "rb").read()) > 1000)
