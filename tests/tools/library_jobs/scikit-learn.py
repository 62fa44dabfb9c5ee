from sklearn import datasets, linear_model, metrics, model_selection, preprocessing, cluster, manifold
x, y = datasets.load_iris(return_X_y=True)
x = preprocessing.StandardScaler().fit_transform(x)
a, b, c, d = model_selection.train_test_split(x, y, random_state=0)
print(metrics.accuracy_score(d, linear_model.LogisticRegression().fit(a, c).predict(b)) > 0.9)
model_selection.cross_val_score(linear_model.LogisticRegression(), x, y, n_jobs=2)
manifold.TSNE(perplexity=5, max_iter=250).fit_transform(x[:20]), cluster.KMeans(2, n_init=1).fit(x)
