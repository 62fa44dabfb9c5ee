import scipy.stats, scipy.sparse, scipy.optimize, scipy.signal, scipy.io
print(round(scipy.stats.norm.cdf(0), 3), scipy.sparse.eye(3).sum())
print(scipy.optimize.minimize(lambda x: (x - 2) ** 2, 0).x.round(3))
