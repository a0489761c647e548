"""Victim models on public data sets and one on made-up data."""
import numpy as np, pandas as pd, gzip, os, pickle
from scipy import ndimage
from scipy.fft import idctn
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.tree import DecisionTreeClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.neighbors import NearestNeighbors

D = os.environ.get("SHARED_DIR", "../shared") + "/data/"


class Victim:
    """x is always in raw units (n,d). lo/hi: public feature range (min/max of the training data)."""

    def __init__(
        s,
        name,
        X,
        y,
        labels,
        disclose,
        decimals,
        shape=None,
        cats=None,
        fit=None,
        integer=False,
        natural=None,
        pool=None,
        probdec=6,
    ):
        s.name = name
        s.disclose = disclose
        s.decimals = decimals
        s.shape = shape
        s.cats = cats or {}
        s.labels = labels
        s.integer = integer
        s.probdec = probdec
        s.Xtr, s.ytr = X, y
        s.d = X.shape[1]
        s.k = len(labels)
        s.lo = X.min(0).astype(float)
        s.hi = X.max(0).astype(float)
        s.hi = np.where(s.hi > s.lo, s.hi, s.lo + 1)
        if shape:
            s.lo[:] = 0
            s.hi[:] = 16 if name.startswith("digits") else 1
        s.mu = X.mean(0)
        s.sd = np.maximum(X.std(0), 0.02 * (s.hi - s.lo))
        s.natural = natural
        s.pool = pool
        s.fit = fit

    def proba(s, X):
        return s.fit(np.atleast_2d(X))

    def q(s, X):
        X = np.clip(np.asarray(X, float), -1e9, 1e9)
        return np.round(X, 0 if s.integer else s.decimals)

    def to_raw(s, S):
        return s.q(s.lo + np.asarray(S) * (s.hi - s.lo))

    def to_s(s, X):
        return (np.asarray(X, float) - s.lo) / (s.hi - s.lo)


def mlp_fn(sc, m):
    Ws = [w.astype(np.float64) for w in m.coefs_]
    bs = m.intercepts_
    mean, scale = sc.mean_, sc.scale_

    def f(X):
        h = (X - mean) / scale
        for i, (w, b) in enumerate(zip(Ws, bs)):
            h = h @ w + b
            if i < len(Ws) - 1:
                h = np.maximum(h, 0)
        if h.shape[1] == 1:
            p = 1 / (1 + np.exp(-np.clip(h, -50, 50)))
            return np.hstack([1 - p, p])
        h = h - h.max(1, keepdims=True)
        e = np.exp(h)
        return e / e.sum(1, keepdims=True)

    return f


def smote(X, y, k, noise, decim, seed=0, cats=None, integer=False):
    Z = (X - X.mean(0)) / (X.std(0) + 1e-9)
    nb = {}
    for c in np.unique(y):
        I = np.where(y == c)[0]
        nn = NearestNeighbors(n_neighbors=min(k + 1, len(I))).fit(Z[I])
        nb[c] = (I, nn.kneighbors(Z[I], return_distance=False)[:, 1:])
    sd = X.std(0)
    lo, hi = X.min(0), X.max(0)
    pos = {}
    for c, (I, N) in nb.items():
        for j, i in enumerate(I):
            pos[i] = I[N[j]]
    cats = cats or {}

    def f(n, rng):
        i = rng.integers(0, len(X), n)
        j = np.array([rng.choice(pos[a]) for a in i])
        u = rng.random((n, 1))
        R = X[i] + u * (X[j] - X[i]) + rng.normal(0, 1, (n, X.shape[1])) * sd * noise
        for c in cats:
            R[:, c] = np.where(rng.random(n) < 0.5, X[i, c], X[j, c])
        R = np.clip(R, lo - 0.05 * sd * (lo != 0), hi + 0.05 * sd)
        return np.round(R, 0 if integer else decim)

    return f


def img_aug(X, side, vmax, rot, shift, zoom, quant):
    def f(n, rng, idx=None):
        out = np.empty((n if idx is None else len(idx), side * side))
        for a, i in enumerate(rng.integers(0, len(X), n) if idx is None else idx):
            im = X[i].reshape(side, side)
            th = np.deg2rad(rng.uniform(-rot, rot))
            z = rng.uniform(1 / zoom, zoom)
            sh = rng.uniform(-0.15, 0.15)
            M = (
                np.array([[np.cos(th), -np.sin(th)], [np.sin(th), np.cos(th)]])
                @ np.array([[1, sh], [0, 1]])
                / z
            )
            c = (side - 1) / 2
            off = np.array([c, c]) - M @ np.array([c, c]) + rng.uniform(-shift, shift, 2)
            im = ndimage.affine_transform(im, M, offset=off, order=1, mode="constant") * rng.uniform(0.9, 1.1)
            out[a] = np.clip(im, 0, vmax).ravel()
        return quant(out)

    return f


def build(seed=1):
    rng = np.random.default_rng(seed)
    V = {}
    # adult: numeric + flags, raw units, real rows
    a = pd.read_csv(D + "tabular/adult.csv.gz", na_values="?", skipinitialspace=True)
    a.columns = [c.strip().lower().replace(".", "-").replace("_", "-") for c in a.columns]
    tgt = a.columns[-1]
    yA = a[tgt].astype(str).str.contains(">50K").astype(int).values
    F = np.c_[
        a["age"],
        a["fnlwgt"],
        a["education-num"],
        a["capital-gain"],
        a["capital-loss"],
        a["hours-per-week"],
        a["marital-status"].astype(str).str.startswith("Married").astype(int),
        (a["sex"].astype(str).str.strip() == "Male").astype(int),
        a["workclass"].astype(str).str.startswith("Self").astype(int),
        (a["race"].astype(str).str.strip() == "White").astype(int),
    ].astype(float)
    perm = rng.permutation(len(F))
    tr = perm[:6000]
    te = perm[6000:]
    sc = StandardScaler().fit(F[tr])
    m = LogisticRegression(max_iter=500).fit(sc.transform(F[tr]), yA[tr])

    def lr(X, sc=sc, m=m):
        p = 1 / (1 + np.exp(-np.clip(((X - sc.mean_) / sc.scale_) @ m.coef_[0] + m.intercept_[0], -50, 50)))
        return np.c_[1 - p, p]

    Ft = F[te]
    V["adult-lr"] = Victim(
        "adult-lr",
        F[tr],
        yA[tr],
        ["<=50K", ">50K"],
        "P",
        0,
        fit=lr,
        integer=True,
        natural=lambda n, r: Ft[r.integers(0, len(Ft), n)],
        pool=(Ft, yA[te]),
    )
    # german
    g = pd.read_csv(D + "tabular/german_credit.csv.gz", header=None)
    yG = (g[20] == 2).astype(int).values
    cats = {}
    G = np.zeros((len(g), 20))
    for c in range(20):
        if g[c].dtype == object:
            u = sorted(g[c].unique())
            cats[c] = u
            G[:, c] = g[c].map({v: i for i, v in enumerate(u)})
        else:
            G[:, c] = g[c]
    p = rng.permutation(len(G))
    tr, te = p[:600], p[600:]
    natG = smote(G, yG, 15, 0.05, 0, cats=cats, integer=True)
    t = DecisionTreeClassifier(max_depth=9, min_samples_leaf=4, random_state=0).fit(G[tr], yG[tr])
    V["german-tree"] = Victim(
        "german-tree",
        G[tr],
        yG[tr],
        ["good", "bad"],
        "P",
        0,
        cats=cats,
        fit=lambda X: t.predict_proba(X),
        integer=True,
        natural=natG,
        pool=(G[te], yG[te]),
    )
    rf = RandomForestClassifier(30, min_samples_leaf=3, random_state=0).fit(G[tr], yG[tr])
    ts = rf.estimators_

    def rff(X):
        X32 = np.ascontiguousarray(X, dtype=np.float32)
        s = 0
        for e in ts:
            v = e.tree_.predict(X32)
            v = v.reshape(len(X32), -1)
            s = s + v / v.sum(1, keepdims=True)
        return s / len(ts)

    V["german-rf"] = Victim(
        "german-rf",
        G[tr],
        yG[tr],
        ["good", "bad"],
        "L",
        0,
        cats=cats,
        fit=rff,
        integer=True,
        natural=natG,
        pool=(G[te], yG[te]),
    )

    # breast cancer
    def tab(name, file, disc, dec, h, noise):
        b = pd.read_csv(D + f"tabular/{file}.csv.gz")
        cols = list(b.columns)
        yc = cols[-1] if b[cols[-1]].nunique() < 6 else cols[0]
        y = b[yc]
        u = sorted(y.unique())
        y = y.map({v: i for i, v in enumerate(u)}).values
        X = b.drop(columns=[yc]).values.astype(float)
        p = rng.permutation(len(X))
        tr, te = p[: int(0.6 * len(X))], p[int(0.6 * len(X)) :]
        sc = StandardScaler().fit(X[tr])
        m = MLPClassifier(h, alpha=1e-2, max_iter=800, random_state=0).fit(sc.transform(X[tr]), y[tr])
        V[name] = Victim(
            name,
            X[tr],
            y[tr],
            [f"class_{v}" for v in u],
            disc,
            dec,
            fit=mlp_fn(sc, m),
            natural=smote(X, y, 6, noise, dec),
            pool=(X[te], y[te]),
        )

    tab("bc-mlp", "breast_cancer", "P", 5, (32, 16), 0.05)
    tab("wine-mlp", "wine", "L", 3, (24,), 0.08)
    # digits
    b = pd.read_csv(D + "images/digits_8x8.csv.gz").values.astype(float)
    y = b[:, 0].astype(int)
    X = b[:, 1:]
    p = rng.permutation(len(X))
    tr, te = p[:1100], p[1100:]
    na = img_aug(X, 8, 16, 9, 0.35, 1.07, lambda o: np.round(o))
    idx = np.tile(tr, 5)
    A = np.vstack([X[tr], na(0, np.random.default_rng(5), idx)])
    ya = np.r_[y[tr], y[idx]]
    sc = StandardScaler().fit(A)
    sc.scale_[:] = np.maximum(sc.scale_, 1.0)
    m = MLPClassifier((64,), alpha=1e-2, max_iter=40, random_state=0).fit(sc.transform(A), ya)
    V["digits-mlp"] = Victim(
        "digits-mlp",
        X[tr],
        y[tr],
        [str(i) for i in range(10)],
        "P",
        3,
        shape=[8, 8],
        fit=mlp_fn(sc, m),
        natural=na,
        pool=(X[te], y[te]),
    )
    b = pd.read_csv(D + "images/mnist_28x28_3000.csv.gz").values.astype(float)
    y = b[:, 0].astype(int)
    X = b[:, 1:] / 255
    p = rng.permutation(len(X))
    tr, te = p[:1800], p[1800:]
    sc = StandardScaler().fit(X[tr])
    sc.mean_[:] = 0.13
    sc.scale_[:] = 0.31
    na = img_aug(X, 28, 1, 10, 1.5, 1.1, lambda o: np.round(np.round(o * 255) / 255, 4))
    idx = np.tile(tr, 2)
    A = np.vstack([X[tr], na(0, np.random.default_rng(5), idx)])
    ya = np.r_[y[tr], y[idx]]
    m = MLPClassifier((128, 64), alpha=1e-2, max_iter=25, random_state=0).fit(sc.transform(A), ya)
    V["mnist-mlp"] = Victim(
        "mnist-mlp",
        X[tr],
        y[tr],
        [str(i) for i in range(10)],
        "P",
        4,
        shape=[28, 28],
        fit=mlp_fn(sc, m),
        natural=na,
        pool=(X[te], y[te]),
    )
    # correlated gaussians
    d = 30
    r2 = np.random.default_rng(77)
    L = r2.normal(0, 1, (d, 8))
    cen = r2.normal(0, 0.5, (6, d))
    scale = 10 ** r2.uniform(-2, 3, d)
    off = r2.normal(0, 3, d) * scale

    def gs(n, r):
        c = r.integers(0, 6, n)
        X = cen[c] + (r.normal(0, 1, (n, 8)) @ L.T) * 0.55 + r.normal(0, 0.6, (n, d))
        return X * scale + off, c % 3

    Xg, yg = gs(3000, r2)
    sc = StandardScaler().fit(Xg)
    m = MLPClassifier((48,), alpha=1e-3, max_iter=200, random_state=0).fit(sc.transform(Xg), yg)
    V["gauss-mlp"] = Victim(
        "gauss-mlp",
        Xg,
        yg,
        ["A", "B", "C"],
        "P",
        5,
        fit=mlp_fn(sc, m),
        natural=lambda n, r: np.round(gs(n, r)[0], 5),
        pool=gs(3000, np.random.default_rng(78)),
        probdec=4,
    )
    for v in V.values():
        X, y = v.pool
        v.acc = float((v.proba(X).argmax(1) == y).mean())
        N = v.natural(600, np.random.default_rng(3))
        Z = (N - v.mu) / v.sd
        nn = NearestNeighbors(n_neighbors=2).fit(Z)
        v.nn = float(np.median(nn.kneighbors(Z)[0][:, 1]))
        Q = v.natural(400, np.random.default_rng(4))
        from scipy.spatial.distance import pdist

        v.pd = float(np.median(pdist((Q - v.mu) / v.sd)))
    return V


if __name__ == "__main__":
    import time

    t = time.time()
    V = build()
    for v in V.values():
        N = v.natural(5, np.random.default_rng(3))
        p = v.proba(v.natural(500, np.random.default_rng(3)))
        U = v.to_raw(np.random.default_rng(1).random((300, v.d)))
        pu = v.proba(U)
        print(
            v.name,
            v.d,
            "acc",
            round(v.acc, 3),
            "nn",
            round(v.nn, 2),
            "pd",
            round(v.pd, 2),
            "nat classes",
            np.bincount(p.argmax(1)),
            "noise classes",
            np.bincount(pu.argmax(1)),
            "conf",
            p.max(1).mean().round(2),
        )
        if v.d < 50:
            print(N[0].tolist())
    print(time.time() - t)
