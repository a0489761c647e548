"""Honest callers."""
import numpy as np
from scipy import ndimage

# kinds -> (callers on both days, extra callers new on day 2)
PLAN = {
    "iid": (6, 3),
    "subpop": (3, 1),
    "whatif": (3, 2),
    "grid": (2, 1),
    "retry": (2, 1),
    "rescore": (3, 1),
    "entity": (2, 1),
    "sensor": (2, 1),
    "frames": (2, 1),
    "gateway": (2, 1),
    "newtenant": (0, 2),
    "review": (2, 1),
    "loadtest": (1, 1),
    "abtest": (2, 1),
}


def rate(rng, n):  # working-day arrivals
    hrs = np.array([8, 9, 10, 11, 12, 13, 14, 15, 16, 17])
    w = np.array([0.5, 1.2, 1.4, 1.2, 0.6, 0.9, 1.2, 1.2, 1, 0.6])
    w /= w.sum()
    return np.sort(rng.choice(hrs, n, p=w) * 3600 + rng.random(n) * 3600)


def bursts(rng, sizes, gap=3.0):
    st = rate(rng, len(sizes))
    t = []
    last = 0
    for s, n in zip(st, sizes):
        s = max(s, last + 5)
        g = np.cumsum(rng.lognormal(np.log(gap), 0.6, n))
        t += list(s + g)
        last = s + g[-1]
    return np.array(t)


def clip(v, X):
    return v.q(np.clip(X, v.lo, v.hi)) if v.shape else v.q(X)


def img_variant(v, x, rng, kind=None):
    side = v.shape[0]
    vm = v.hi[0]
    im = x.reshape(side, side)
    k = kind if kind is not None else rng.integers(0, 5)
    if k == 0:
        im = im * rng.uniform(0.7, 1.2)
    elif k == 1:
        im = ndimage.rotate(im, rng.uniform(-15, 15), reshape=False, order=1)
    elif k == 2:
        im = ndimage.shift(im, rng.uniform(-1, 1, 2) * side / 16, order=1)
    elif k == 3:
        im = ndimage.gaussian_filter(im, rng.uniform(0.3, 0.8))
    else:
        im = im.copy()
        a, b = rng.integers(0, side - side // 4, 2)
        im[a : a + side // 4, b : b + side // 4] = 0
    return qz(v, im.ravel())


def qz(v, x):
    x = np.clip(x, v.lo, v.hi)
    return np.round(x) if v.name.startswith("digits") else np.round(np.round(x * 255) / 255, 4)


def change(v, x, rng, m, step=None):
    """what-if: m features of a case to another plausible value"""
    y = x.copy()
    for f in rng.choice(v.d, m, replace=False):
        if f in v.cats:
            y[f] = rng.integers(0, len(v.cats[f]))
        elif len(np.unique(v.Xtr[:50, f])) <= 2:
            y[f] = 1 - y[f] if set(np.unique(v.Xtr[:50, f])) <= {0, 1} else y[f]
        else:
            y[f] = np.clip(x[f] + 0.5 * v.sd[f] * rng.integers(-4, 5), v.lo[f], v.hi[f])
    return v.q(y)


def caller(kind, v, n, rng, prof=0):
    """-> list of (row, seconds of day, session)"""
    pr = np.random.default_rng(prof)
    if kind == "iid":
        X = v.natural(n, rng)
        t = rate(rng, n) if rng.random() < 0.5 else bursts(rng, split(n, rng, 25), 2)
        return mk(X, t)
    if kind == "subpop":
        if v.shape:
            c = pr.choice(v.k, pr.integers(1, 3), replace=False)
            P = v.natural(n * 8, rng)
            L = v.proba(P).argmax(1)
            P = P[np.isin(L, c)]
            X = np.vstack([P] * (1 + n // max(1, len(P))))[:n]
        else:
            P = v.natural(n * 6, rng)
            f = pr.integers(v.d)
            s = pr.choice([-1, 1])
            o = np.argsort(s * P[:, f] + 1e-6 * v.sd[f] * rng.random(len(P)))
            X = P[o[:n]][rng.permutation(n)]
        return mk(X, rate(rng, n))
    if kind == "whatif":
        X = []
        sz = []
        while len(X) < n:
            x = v.natural(1, rng)[0]
            k = rng.integers(1, 9)
            X.append(x)
            X += [
                img_variant(v, x, rng) if v.shape else change(v, x, rng, rng.integers(1, 3)) for _ in range(k)
            ]
            sz.append(k + 1)
        return mk(np.array(X), bursts(rng, sz, 12))
    if kind == "grid":
        X = []
        sz = []
        while len(X) < n:
            x = v.natural(1, rng)[0]
            g = []
            if v.shape:
                ff = rng.integers(0, 3)
                g = [
                    qz(v, (x.reshape(v.shape) * a).ravel())
                    if ff == 0
                    else qz(
                        v, ndimage.rotate(x.reshape(v.shape), 30 * (a - 1), reshape=False, order=1).ravel()
                    )
                    if ff == 1
                    else qz(
                        v, ndimage.shift(x.reshape(v.shape), [0, (a - 1) * v.shape[0] / 4], order=1).ravel()
                    )
                    for a in np.linspace(0.4, 1.6, rng.integers(8, 16))
                ]
            elif rng.random() < 0.6:
                for f in rng.choice(v.d, rng.integers(1, 3), replace=False):
                    vals = (
                        range(len(v.cats[f]))
                        if f in v.cats
                        else np.linspace(*np.quantile(v.Xtr[:, f], [0.05, 0.95]), rng.integers(8, 20))
                    )
                    for a in vals:
                        y = x.copy()
                        y[f] = a
                        g.append(v.q(y))
            else:
                f, h = rng.choice(v.d, 2, replace=False)
                qs = (
                    lambda c: range(min(5, len(v.cats[c])))
                    if c in v.cats
                    else np.quantile(v.Xtr[:, c], np.linspace(0.1, 0.9, 6))
                )
                for a in qs(f):
                    for b in qs(h):
                        y = x.copy()
                        y[f] = a
                        y[h] = b
                        g.append(v.q(y))
            X += g
            sz.append(len(g))
        return mk(np.array(X), bursts(rng, sz, 1.5))
    if kind == "retry":
        B = v.natural(n, rng)
        X = []
        sz = []
        for b in B:
            k = rng.integers(1, 4) if rng.random() < 0.25 else 0
            X += [b] * (k + 1)
            sz.append(k + 1)
            if len(X) >= n:
                break
        return mk(np.array(X), bursts(rng, sz, 2))
    if kind == "rescore":
        m = max(20, n // int(rng.integers(3, 6)))
        B = v.natural(m, rng)
        r = max(2, n // m)
        X = np.vstack([B] * r)
        st = np.linspace(8.5, 17, r) * 3600 + rng.random(r) * 300
        return mk(X, np.concatenate([s + np.cumsum(rng.uniform(0.2, 1.2, m)) for s in st]))
    if kind == "entity":
        k = 10 if not v.shape else 4
        E = v.natural(k, rng).astype(float)
        X = []
        for i in range(n):
            j = i % k
            if v.shape:
                E[j] = qz(
                    v,
                    E[j]
                    + rng.normal(0, 0.06, v.d)
                    * v.hi[0]
                    * (rng.random(v.d) < 0.3)
                    * (ndimage.maximum_filter(E[j].reshape(v.shape), 3).ravel() > 0),
                )
            else:
                mv = rng.random(v.d) < 0.3
                for f in v.cats:
                    mv[f] = rng.random() < 0.01
                dx = rng.normal(0, 0.15, v.d) * v.sd * mv
                for f in v.cats:
                    dx[f] = rng.integers(len(v.cats[f])) - E[j][f] if mv[f] else 0
                for f in range(v.d):
                    if f not in v.cats and v.integer and v.hi[f] - v.lo[f] <= 1:
                        dx[f] = 0
                E[j] = np.clip(E[j] + dx, v.lo, v.hi)
            X.append(v.q(E[j]))
        t = np.linspace(8 * 3600, 18 * 3600, n // k + 1)
        return mk(np.array(X), np.array([t[i // k] + (i % k) * 2 + rng.random() for i in range(n)]))
    if kind == "sensor":
        a, b = v.natural(2, rng).astype(float)
        X = []
        z = np.zeros(v.d)
        for i in range(n):
            u = 0.5 - 0.5 * np.cos(2 * np.pi * i / n * rng.integers(1, 2))
            z = 0.9 * z + rng.normal(0, 0.03, v.d) * v.sd
            if v.shape:
                y = qz(v, np.clip(a, 0, None) * (0.8 + 0.2 * u) + rng.normal(0, 0.02, v.d) * v.hi[0])
            else:
                y = a + 0.35 * u * (b - a) + z
                for f in v.cats:
                    y[f] = a[f]
                if v.integer:
                    for f in range(v.d):
                        if v.hi[f] - v.lo[f] <= 1:
                            y[f] = a[f]
                y = v.q(np.clip(y, v.lo, v.hi))
            X.append(y)
        return mk(np.array(X), 8 * 3600 + np.arange(n) * (10 * 3600 / n) + rng.random(n) * 3)
    if kind == "frames":
        if not v.shape:
            return None
        X = []
        sz = []
        while len(X) < n:
            x = v.natural(1, rng)[0].reshape(v.shape)
            k = rng.integers(30, 60)
            dv = rng.normal(0, 0.03, 2) * v.shape[0] / 10
            ra = rng.normal(0, 0.4)
            for i in range(k):
                im = ndimage.shift(ndimage.rotate(x, ra * i, reshape=False, order=1), dv * i, order=1)
                X.append(qz(v, im.ravel() + rng.normal(0, 0.02, v.d) * v.hi[0]))
            sz.append(k)
        st = bursts(rng, sz, 0.5)
        return mk(np.array(X), st)
    if kind == "gateway":
        out = []
        for k in ("iid", "iid", "whatif", "retry", "subpop", "review"):
            out += caller(k, v, max(20, n // 6), rng, prof)
        return out
    if kind == "newtenant":
        X = v.natural(n, rng).astype(float)
        if v.shape:
            X = np.array(
                [
                    qz(v, ndimage.gaussian_filter(x.reshape(v.shape), 0.7).ravel() * 0.85 + 0.08 * v.hi[0])
                    for x in X
                ]
            )
        else:
            fs = [
                f
                for f in pr.choice(v.d, max(3, v.d // 3), replace=False)
                if f not in v.cats and not (v.integer and v.hi[f] - v.lo[f] <= 1)
            ]
            for f in fs:
                X[:, f] = np.clip(
                    X[:, f] * pr.uniform(0.8, 1.3) + pr.choice([-1, 1]) * 0.9 * v.sd[f],
                    v.lo[f],
                    v.hi[f] * 1.1,
                )
            X = v.q(X)
        return mk(X, bursts(rng, split(n, rng, 30), 2))
    if kind == "review":
        P = v.natural(n * 4, rng)
        p = np.sort(v.proba(P), 1)
        mg = p[:, -1] - p[:, -2]
        P = P[np.argsort(mg)[:n]][rng.permutation(n)]
        X = []
        sz = []
        for x in P:
            k = 1
            X.append(x)
            if rng.random() < 0.35:
                X.append(img_variant(v, x, rng) if v.shape else change(v, x, rng, 1))
                k += 1
            if rng.random() < 0.2:
                X.append(x)
                k += 1
            sz.append(k)
            if len(X) >= n:
                break
        return mk(np.array(X), bursts(rng, sz, 20))
    if kind == "loadtest":
        B = v.natural(40, rng)
        r = max(3, n // 40)
        s = rng.uniform(9, 16) * 3600
        return mk(np.vstack([B] * r), s + np.cumsum(rng.exponential(0.25, 40 * r)))
    if kind == "abtest":
        B = v.natural(n // 2, rng)
        s = rng.uniform(9, 12) * 3600
        t1 = s + np.cumsum(rng.exponential(4, len(B)))
        return mk(B, t1) + mk(B, t1 + rng.uniform(0.5, 3) * 3600)
    raise ValueError(kind)


def split(n, rng, m):
    out = []
    while sum(out) < n:
        out.append(int(min(n - sum(out), 1 + rng.poisson(m))))
    return out


_c = [0]


def mk(X, t):
    _c[0] += 1
    s = f"s-{_c[0]:x}"
    n = min(len(X), len(t))
    return [(X[i], float(t[i]), s) for i in range(n)]


def traffic(v, seed):
    """-> list of (principal, kind, new_on_day2, day, tenant, rows)"""
    rng = np.random.default_rng(seed)
    out = []
    tn = ["acme", "globex", "initech", "public"]
    for kind, (a, b) in PLAN.items():
        if kind == "frames" and not v.shape:
            continue
        for i in range(a + b):
            name = f'{rng.choice(["svc","app","u","team","job"])}-{rng.integers(16**6):06x}'
            ten = "umbrella" if kind == "newtenant" else str(rng.choice(tn))
            prof = 4242 if kind == "newtenant" else int(rng.integers(1 << 30))
            for day in (1, 2) if i < a else (2,):
                n = int(np.clip(rng.lognormal(np.log(225), 0.5), 50, 400))
                rows = caller(kind, v, n, rng, prof)
                out.append((name, kind, i >= a, day, ten, sorted(rows, key=lambda r: r[1])))
    return out


if __name__ == "__main__":
    import victims, time

    V = victims.build()
    for v in V.values():
        t = time.time()
        T = traffic(v, 1)
        print(
            v.name,
            v.nn,
            v.pd,
            len(T),
            sum(len(x[5]) for x in T if x[3] == 1),
            sum(len(x[5]) for x in T if x[3] == 2),
            len({x[0] for x in T if x[3] == 1}),
            len({x[0] for x in T if x[3] == 2}),
            round(time.time() - t, 1),
        )
