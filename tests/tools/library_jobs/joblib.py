import joblib, numpy as np
joblib.dump({"a": np.ones(2)}, "file.joblib")
print(joblib.load("file.joblib"), joblib.Parallel(n_jobs=2)(joblib.delayed(np.sum)([i, 1]) for i in range(2)))
