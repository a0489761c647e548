"""Attackers, written without knowledge of the detectors: as in ART / Foolbox / the authors' code, on S in [0,1]^d (min-max scaled features), all through Oracle."""
import numpy as np, pandas as pd
import victims
from scipy.fft import idctn, idct
from scipy import ndimage


class Budget(Exception):
    pass


class Oracle:
    def __init__(s, v, budget, rng):
        s.v = v
        s.b = budget
        s.rng = rng
        s.S = []
        s.P = []
        s.d = v.d
        s.info = {}
        s.n = 0

    def _q(s, S):
        S = (
            np.clip(np.atleast_2d(np.asarray(S, float)), 0, 1)
            if s.v.shape
            else np.atleast_2d(np.asarray(S, float))
        )
        n = min(len(S), s.b - s.n)
        if n > 0:
            S0 = S[:n]
            raw = s.v.to_raw(S0)
            P = np.round(s.v.proba(raw), s.v.probdec)
            s.S.append(raw)
            s.P.append(P)
            s.n += n
        if n < len(S):
            raise Budget
        return P

    def lab(s, S):
        return s._q(S).argmax(1)

    def prob(s, S):
        assert s.v.disclose == "P"
        return s._q(S)

    # attacker's free knowledge
    def natural(s, n):
        return s.v.to_s(s.v.natural(n, s.rng))

    def truth(s, S):
        return s.v.proba(s.v.to_raw(np.atleast_2d(S)))  # for scoring only / known class of own sample


def side(o):
    return o.v.shape[0] if o.v.shape else None


def clip(x):
    return np.clip(x, 0, 1)


def original(o, query=True):
    for _ in range(50):
        x = o.natural(1)[0]
        p = o.truth(x)[0]
        if p.max() > 0.6:
            break
    y = int(o.lab(x)[0]) if query else int(p.argmax())
    return x, y


def initial(o, x, y, tries=100, blend=True):
    """ART init: uniform noise of another class, then binary search of the blend; else (Foolbox) other-class sample"""
    if tries:
        for _ in range(tries):
            r = o.rng.random(o.d)
            if o.lab(r)[0] != y:
                return bs2(o, x, r, y, 0.001) if blend else r
    for _ in range(200):
        r = o.natural(1)[0]
        if o.truth(r)[0].argmax() != y and o.lab(r)[0] != y:
            return r
    raise Budget


def bs2(o, x, cur, y, th):
    lo, hi = 0.0, 1.0
    while hi - lo > th:
        a = (lo + hi) / 2
        if o.lab((1 - a) * x + a * cur)[0] != y:
            hi = a
        else:
            lo = a
    return (1 - hi) * x + hi * cur


def bsinf(o, x, cur, y, theta):
    hi = np.abs(x - cur).max()
    lo = 0
    th = min(hi * theta, theta)
    th = max(th, 1e-5)
    while hi - lo > th:
        a = (lo + hi) / 2
        if o.lab(np.clip(cur, x - a, x + a))[0] != y:
            hi = a
        else:
            lo = a
    return np.clip(cur, x - hi, x + hi)


def low_freq(o, frac=0.25):
    if o.v.shape:
        n = side(o)
        k = max(3, int(n * frac**0.5))

        def f(m):
            Z = np.zeros((m, n, n))
            Z[:, :k, :k] = o.rng.normal(0, 1, (m, k, k))
            return idctn(Z, axes=(1, 2), norm="ortho").reshape(m, -1)

        return f
    N = o.natural(300)
    N = N - N.mean(0)
    U, s, Vt = np.linalg.svd(N, full_matrices=False)
    k = max(2, int(o.d * 0.5))
    B = Vt[:k]
    return lambda m: o.rng.normal(0, 1, (m, k)) @ B


def track(o, x, adv):
    o.info["d"] = float(np.linalg.norm(adv - x))
    o.info.setdefault("d0", None)
    o.info["dist"] = o.info.get("dist", []) + [o.info["d"]]


def hsj(o, norm=2, probes=None, init_eval=100, per=10**9, natinit=False, query_orig=True):
    x, y = original(o, query_orig)
    start = o.n
    xs = initial(o, x, y, 0 if natinit else 100)
    o.info.setdefault("pairs", [])
    rec = [float(np.linalg.norm(xs - x)), None]
    o.info["pairs"].append(rec)
    d = o.d
    theta = 0.01 / np.sqrt(d) if norm == 2 else 0.01 / d
    cur = xs
    dist = None
    for t in range(1000):
        if t == 0:
            delta = 0.1
        else:
            dist = np.linalg.norm(cur - x) if norm == 2 else np.abs(cur - x).max()
            delta = (np.sqrt(d) if norm == 2 else d) * theta * dist
        if o.v.integer:
            delta = max(delta, 0.03)
        cur = bs2(o, x, cur, y, theta) if norm == 2 else bsinf(o, x, cur, y, theta)
        rec[1] = float(np.linalg.norm(cur - x))
        if o.n - start > per:
            return
        m = int(min(init_eval * np.sqrt(t + 1), 10000))
        R = (
            probes(m)
            if probes
            else (o.rng.normal(0, 1, (m, d)) if norm == 2 else o.rng.uniform(-1, 1, (m, d)))
        )
        R /= np.linalg.norm(R, axis=1, keepdims=True) + 1e-12
        E = clip(cur + delta * R)
        R = (E - cur) / delta
        f = 2.0 * (o.lab(E) != y) - 1
        g = (
            R.mean(0)
            if f.mean() == 1
            else -R.mean(0)
            if f.mean() == -1
            else ((f - f.mean())[:, None] * R).mean(0)
        )
        u = g / (np.linalg.norm(g) + 1e-12) if norm == 2 else np.sign(g)
        dist = np.linalg.norm(cur - x) if norm == 2 else np.abs(cur - x).max()
        eps = 2 * dist / np.sqrt(t + 1)
        for _ in range(25):
            eps /= 2
            pot = clip(cur + eps * u)
            if o.lab(pot)[0] != y:
                cur = pot
                break


def a_hsj_l2(o):
    while True:
        hsj(o, 2)


def a_hsj_linf(o):
    while True:
        hsj(o, np.inf)


def a_qeba(o):
    f = low_freq(o)
    while True:
        hsj(o, 2, probes=f)


def a_oars(o):
    """OARS-adapted HSJ: probe radius, step and bisection tolerance adapted so that no query is near an earlier one"""
    N = o.natural(300)
    from scipy.spatial.distance import cdist

    D = cdist(N, N)
    np.fill_diagonal(D, 9)
    tau = 0.4 * np.median(D.min(1))
    past = []

    def near(z):
        return past and np.min(np.linalg.norm(np.array(past) - z, axis=1)) < tau

    def ask(z, sc=None):
        past.append(z)
        return o.lab(z)[0]

    while True:
        x, y = original(o, False)
        cur = None
        for _ in range(100):
            r = o.natural(1)[0]
            if ask(r) != y:
                cur = r
                break
        if cur is None:
            raise Budget
        rec = [float(np.linalg.norm(cur - x)), None]
        o.info.setdefault("pairs", []).append(rec)
        for t in range(12):
            lo, hi = 0.0, 1.0
            L = np.linalg.norm(cur - x)
            while (hi - lo) * L > tau:
                a = (lo + hi) / 2
                if ask((1 - a) * x + a * cur) != y:
                    hi = a
                else:
                    lo = a
            cur = (1 - hi) * x + hi * cur
            rec[1] = float(np.linalg.norm(cur - x))
            G = np.zeros(o.d)
            fs = []
            Rs = []
            m = int(30 * np.sqrt(t + 1))
            rad = 1.5 * tau
            for i in range(m):
                for a in range(20):
                    R = o.rng.normal(0, 1, o.d)
                    R /= np.linalg.norm(R)
                    z = clip(cur + rad * R)
                    if not near(z):
                        break
                    rad *= 1.03
                fs.append(2.0 * (ask(z) != y) - 1)
                Rs.append(z - cur)
            fs = np.array(fs)
            u = (
                ((fs - fs.mean())[:, None] * np.array(Rs)).mean(0)
                if abs(fs.mean()) < 1
                else fs.mean() * np.mean(Rs, 0)
            )
            u /= np.linalg.norm(u) + 1e-12
            e = 2 * np.linalg.norm(cur - x) / np.sqrt(t + 1)
            for _ in range(6):
                e /= 2
                z = clip(cur + e * u)
                if e < tau:
                    break
                if ask(z) != y:
                    cur = z
                    break


def boundary(o, natinit, query_orig):
    x, y = original(o, query_orig)
    adv = initial(o, x, y, 0 if natinit else 100, blend=False)
    delta = eps = 0.01
    ad = 0.667
    rec = [float(np.linalg.norm(adv - x))] * 2
    o.info.setdefault("pairs", []).append(rec)
    while True:
        for _ in range(25):
            P = o.rng.normal(0, 1, (20, o.d))
            P /= np.linalg.norm(P, axis=1, keepdims=True)
            dist = np.linalg.norm(x - adv)
            P *= delta * dist
            dr = (x - adv) / (dist + 1e-12)
            P -= (P @ dr)[:, None] * dr
            h = np.sqrt(1 + delta**2)
            P = ((1 - h) * (adv - x) + P) / h
            C = clip(adv + P)
            s = o.lab(C) != y
            r = s.mean()
            if r < 0.2:
                delta *= ad
            elif r > 0.5:
                delta /= ad
            if r > 0:
                C = C[s]
                break
        else:
            return
        for _ in range(25):
            E = clip(C + (x - C) * eps)
            s = o.lab(E) != y
            r = s.mean()
            if r < 0.2:
                eps *= ad
            elif r > 0.5:
                eps /= ad
            if r > 0:
                E = E[s]
                adv = E[np.linalg.norm(E - x, axis=1).argmin()]
                break
        else:
            adv = C[np.linalg.norm(C - x, axis=1).argmin()]
            return
        rec[1] = float(np.linalg.norm(adv - x))


def a_boundary(o):
    while True:
        boundary(o, True, True)


def a_boundary_blind(o):
    while True:
        boundary(o, True, False)


def a_geoda(o):
    f = low_freq(o)
    while True:
        x, y = original(o)
        xb = initial(o, x, y, 100, False)
        rec = [float(np.linalg.norm(xb - x))] * 2
        o.info.setdefault("pairs", []).append(rec)
        xb = bs2(o, x, xb, y, 1e-3)
        q = [int(60 * 0.6**-i) for i in range(4)]
        sig = 0.05 if o.v.integer else 0.01
        for m in q:
            R = f(m)
            R /= np.linalg.norm(R, axis=1, keepdims=True)
            R *= np.sqrt(o.d) * sig
            z = 2.0 * (o.lab(xb + R) != y) - 1
            g = (z[:, None] * R).mean(0) if abs(z.mean()) == 1 else ((z - z.mean())[:, None] * R).mean(0)
            g /= np.linalg.norm(g) + 1e-12
            st = 0.03 * np.linalg.norm(xb - x) + 1e-3
            ok = False
            for k in range(1, 60):
                c = clip(x + k * st * 1.5 * g)
                if o.lab(c)[0] != y:
                    ok = True
                    break
            if ok:
                c = bs2(o, x, c, y, 1e-3)
                if np.linalg.norm(c - x) < np.linalg.norm(xb - x):
                    xb = c
            rec[1] = float(np.linalg.norm(xb - x))


def a_surfree(o):
    f = low_freq(o, 0.5)
    while True:
        x, y = original(o)
        xb = initial(o, x, y, 100, False)
        rec = [float(np.linalg.norm(xb - x))] * 2
        o.info.setdefault("pairs", []).append(rec)
        xb = bs2(o, x, xb, y, 1e-3)
        dirs = []
        tm = 30.0
        while o.n % 700 < 699:
            d = np.linalg.norm(xb - x)
            if d < 1e-4:
                break
            u = (xb - x) / d
            w = f(1)[0]
            w /= np.linalg.norm(w) + 1e-12
            for e in dirs[-min(100, o.d - 2) :]:
                w -= w @ e * e
            w -= w @ u * u
            n = np.linalg.norm(w)
            if n < 1e-6:
                dirs = []
                continue
            w /= n
            pt = lambda th: clip(
                x + d * np.cos(np.deg2rad(th)) * (u * np.cos(np.deg2rad(th)) + w * np.sin(np.deg2rad(th)))
            )
            best = 0.0
            for i in range(1, 4):
                for sg in (1, -1):
                    th = sg * tm * i / 3
                    if o.lab(pt(th))[0] != y:
                        best = th
                        break
                if best:
                    break
            if not best:
                dirs.append(w)
                tm = max(1.0, tm * 0.98)
                continue
            tm = min(45, tm / 0.98)
            lo, hi = abs(best), min(abs(best) * 2 if i < 3 else 60, 60)
            sg = np.sign(best)
            for _ in range(10):
                m = (lo + hi) / 2
                if o.lab(pt(sg * m))[0] != y:
                    lo = m
                else:
                    hi = m
                if hi - lo < 0.3:
                    break
            xb = pt(sg * lo)
            dirs.append(w)
            rec[1] = float(np.linalg.norm(xb - x))


def a_rays(o):
    while True:
        x, y = original(o)
        d = o.d
        sgn = np.ones(d)
        best = np.inf
        rec = [1.0, None]
        o.info.setdefault("pairs", []).append(rec)
        ok = lambda r, s: o.lab(clip(x + r * s))[0] != y

        def search(s):
            nonlocal best
            if best < np.inf:
                if not ok(best, s):
                    return False
                hi = best
            else:
                hi = None
                for r in np.linspace(0.1, 1, 10):
                    if ok(r, s):
                        hi = r
                        break
                if hi is None:
                    return False
            lo = 0
            while hi - lo > 1e-3:
                m = (lo + hi) / 2
                if ok(m, s):
                    hi = m
                else:
                    lo = m
            if hi < best:
                best = hi
                rec[1] = float(hi)
                return True
            return False

        search(sgn)
        lvl = 0
        blk = 0
        n0 = o.n
        if best == np.inf:
            for _ in range(10):
                sgn = np.sign(o.rng.normal(0, 1, d))
                if search(sgn):
                    break
        if best == np.inf:
            continue
        while o.n - n0 < 700 and best > 0.01:
            nb = 2**lvl
            c = int(np.ceil(d / nb))
            s = sgn.copy()
            s[blk * c : (blk + 1) * c] *= -1
            if search(s):
                sgn = s
            blk += 1
            if blk >= nb or blk * c >= d:
                lvl += 1
                blk = 0
                if 2**lvl > d:
                    lvl = 0


# ---- score based
def margin(P, y):
    P = np.clip(P, 1e-6, 1)
    L = np.log(P)
    oth = L.copy()
    oth[:, y] = -99
    return L[:, y] - oth.max(1)  # attacker lowers


def flip(o, ok):
    o.info["tries"] = o.info.get("tries", 0) + 1
    o.info["flips"] = o.info.get("flips", 0) + int(ok)


EPS = lambda o: 0.3


def nes(o, anti, sigma=None, n=40):
    sigma = 0.05 if o.v.integer else 0.01 if sigma is None else sigma
    while True:
        x, y = original(o)
        z = x.copy()
        mom = np.zeros(o.d)
        eps = EPS(o)
        for t in range(15):
            u = o.rng.normal(0, 1, (n // 2 if anti else n, o.d))
            u = np.vstack([u, -u]) if anti else u
            l = margin(o.prob(z + sigma * u), y)
            g = ((l if anti else l - l.mean())[:, None] * u).mean(0) / sigma
            mom = 0.9 * mom + 0.1 * g
            z = clip(np.clip(z - 0.05 * np.sign(mom if t else g), x - eps, x + eps))
            if o.lab(z)[0] != y:
                flip(o, 1)
                break
        else:
            flip(o, 0)


def a_nes(o):
    nes(o, True)


def a_nes_plain(o):
    nes(o, False)


def a_spsa(o):
    while True:
        x, y = original(o)
        z = x.copy()
        m = v = 0
        eps = EPS(o)
        dl = 0.05 if o.v.integer else 0.01
        for t in range(1, 20):
            u = o.rng.choice([-1.0, 1.0], (32, o.d))
            P = margin(o.prob(np.vstack([z + dl * u, z - dl * u])), y)
            g = ((P[:32] - P[32:])[:, None] * u).mean(0) / (2 * dl)
            m = 0.9 * m + 0.1 * g
            v = 0.99 * v + 0.01 * g * g
            z = clip(
                np.clip(
                    z - 0.05 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.99**t)) + 1e-8), x - eps, x + eps
                )
            )
            if o.lab(z)[0] != y:
                flip(o, 1)
                break
        else:
            flip(o, 0)


def a_bandits(o):
    while True:
        x, y = original(o)
        z = x.copy()
        eps = EPS(o)
        n = side(o)
        t = 7 if n == 28 else 8
        up = (lambda p: np.kron(p.reshape(t, t), np.ones((n // t, n // t))).ravel()) if n else (lambda p: p)
        D = t * t if n else o.d
        prior = np.zeros(D)
        for i in range(150):
            e = o.rng.normal(0, 1, D) / np.sqrt(D)
            q1, q2 = prior + e, prior - e
            N = lambda q: up(q) / (np.linalg.norm(up(q)) + 1e-12)
            fd = 0.3 if o.v.integer else 0.1
            l1 = margin(o.prob(clip(z + fd * N(q1))), y)[0]
            l2 = margin(o.prob(clip(z + fd * N(q2))), y)[0]
            g = (l1 - l2) / fd * e
            rp = np.clip((prior + 1) / 2, 1e-6, 1 - 1e-6)
            pos = rp * np.exp(10 * g)
            neg = (1 - rp) * np.exp(-10 * g)
            prior = 2 * pos / (pos + neg) - 1
            z = clip(np.clip(z - 0.02 * np.sign(up(prior)), x - eps, x + eps))
            if o.lab(z)[0] != y:
                flip(o, 1)
                break
        else:
            flip(o, 0)


def psel(i, p=0.8):
    for k, f in ((10, 1), (50, 2), (200, 4), (500, 8), (1000, 16)):
        if i < k:
            return p / f
    return p / 32


def a_square_linf(o):
    while True:
        x, y = original(o)
        n = side(o)
        eps = 0.2 if n else 0.3
        if n:
            z = clip(x.reshape(n, n) + eps * o.rng.choice([-1, 1], (1, n))).ravel()
        else:
            z = clip(x + eps * o.rng.choice([-1, 1], o.d))
        l = margin(o.prob(z), y)[0]
        ok = l < 0
        i = 0
        while not ok and i < 400:
            w = z.copy()
            if n:
                s = max(1, min(n - 1, int(round(np.sqrt(psel(i) * n * n)))))
                a, b = o.rng.integers(0, n - s + 1, 2)
                M = np.zeros((n, n), bool)
                M[a : a + s, b : b + s] = 1
                M = M.ravel()
                w[M] = clip(x[M] + eps * o.rng.choice([-1, 1]))
            else:
                s = max(1, int(round(psel(i) * o.d)))
                I = o.rng.choice(o.d, s, replace=False)
                w[I] = clip(x[I] + eps * o.rng.choice([-1, 1], s))
            lw = margin(o.prob(w), y)[0]
            if lw < l:
                l, z = lw, w
            ok = l < 0
            i += 1
        flip(o, ok)


def a_square_l2(o):
    n = side(o)
    eps = 3.0 if n == 28 else 1.2

    def eta(s):
        e = np.zeros((s, s))
        c = s // 2
        for k in range(c + 1):
            e[max(0, c - k) : c + k + 1, max(0, c - k) : c + k + 1] += 1.0 / (k + 1) ** 2
        return e / np.linalg.norm(e)

    while True:
        x, y = original(o)
        dl = np.zeros((n, n))
        s = max(3, n // 5)
        for a in range(0, n - s + 1, s):
            for b in range(0, n - s + 1, s):
                dl[a : a + s, b : b + s] += eta(s) * o.rng.choice([-1, 1])
        dl *= eps / np.linalg.norm(dl)
        z = clip(x + dl.ravel())
        l = margin(o.prob(z), y)[0]
        ok = l < 0
        i = 0
        while not ok and i < 400:
            s = max(3, int(round(np.sqrt(psel(i, 0.3) * n * n))))
            s = min(s, n // 2)
            a, b, c, d = o.rng.integers(0, n - s + 1, 4)
            w = (z - x).reshape(n, n).copy()
            w2 = w.copy()
            nw = np.sqrt((w[a : a + s, b : b + s] ** 2).sum() + (w[c : c + s, d : d + s] ** 2).sum())
            spare = max(0, eps**2 - (w**2).sum())
            w2[c : c + s, d : d + s] = 0
            e = eta(s) * o.rng.choice([-1, 1])
            r = w[a : a + s, b : b + s]
            r = r / (np.linalg.norm(r) + 1e-9) + e
            w2[a : a + s, b : b + s] = r / np.linalg.norm(r) * np.sqrt(nw**2 + spare)
            c2 = clip(x + w2.ravel())
            lw = margin(o.prob(c2), y)[0]
            if lw < l:
                l, z = lw, c2
            ok = l < 0
            i += 1
        flip(o, ok)


def simba(o, basis, eps=0.2):
    while True:
        x, y = original(o)
        z = x.copy()
        p = o.prob(z)[0, y]
        ok = False
        B = basis()
        for i, b in enumerate(B):
            if i > 400:
                break
            for sg in (-1, 1):
                w = clip(z + sg * eps * b)
                P = o.prob(w)[0]
                if P[y] < p:
                    z, p = w, P[y]
                    ok = P.argmax() != y
                    break
            if ok:
                break
        flip(o, ok)


def a_simba(o):
    I = np.eye(o.d)
    simba(o, lambda: I[o.rng.permutation(o.d)], 0.2 if not (side(o)) else 0.5)


def a_simba_dct(o):
    n = side(o)
    k = max(4, n // 3)

    def B():
        out = []
        for j in o.rng.permutation(k * k):
            Z = np.zeros((n, n))
            Z[j // k, j % k] = 1
            out.append(idctn(Z, norm="ortho").ravel())
        return out

    simba(o, B, 1.0 if n == 28 else 0.4)


def a_zoo(o):
    nb = 1 if not side(o) else 32
    h = 0.03 if o.v.integer else 1e-3
    while True:
        x, y = original(o)
        z = x.copy()
        m = np.zeros(o.d)
        v = np.zeros(o.d)
        T = np.zeros(o.d)
        for it in range(300):
            I = o.rng.choice(o.d, nb, replace=False)
            E = np.zeros((2 * nb, o.d))
            E[np.arange(nb), I] = h
            E[nb + np.arange(nb), I] = -h
            L = margin(o.prob(z + E), y)
            g = (L[:nb] - L[nb:]) / (2 * h)
            T[I] += 1
            m[I] = 0.9 * m[I] + 0.1 * g
            v[I] = 0.999 * v[I] + 0.001 * g * g
            z[I] -= 0.1 * (m[I] / (1 - 0.9 ** T[I])) / (np.sqrt(v[I] / (1 - 0.999 ** T[I])) + 1e-8)
            z = clip(z)
            if o.lab(z)[0] != y:
                flip(o, 1)
                break
        else:
            flip(o, 0)


# ---- extraction
class Sub:
    def __init__(s, d, k, rng, h=48):
        s.W = rng.normal(0, 1 / np.sqrt(d), (d, h))
        s.b = np.zeros(h)
        s.U = rng.normal(0, 1 / np.sqrt(h), (h, k))
        s.c = np.zeros(k)
        s.k = k
        s.rng = rng

    def f(s, X):
        s.h = np.tanh((X - s.m) / s.sd @ s.W + s.b)
        z = s.h @ s.U + s.c
        z = z - z.max(1, keepdims=True)
        e = np.exp(z)
        return e / e.sum(1, keepdims=True)

    def fit(s, X, y, epochs=60):
        s.m = X.mean(0)
        s.sd = X.std(0) + 0.03
        P = ["W", "b", "U", "c"]
        M = {p: 0.0 for p in P}
        Q = {p: 0.0 for p in P}
        Y = np.eye(s.k)[y]
        t = 0
        for e in range(epochs):
            for I in np.array_split(s.rng.permutation(len(X)), max(1, len(X) // 64)):
                p = s.f(X[I])
                t += 1
                dz = (p - Y[I]) / len(I)
                G = {"U": s.h.T @ dz + 1e-4 * s.U, "c": dz.sum(0)}
                dh = dz @ s.U.T * (1 - s.h**2)
                Xn = (X[I] - s.m) / s.sd
                G["W"] = Xn.T @ dh + 1e-4 * s.W
                G["b"] = dh.sum(0)
                for q in P:
                    M[q] = 0.9 * M[q] + 0.1 * G[q]
                    Q[q] = 0.999 * Q[q] + 0.001 * G[q] ** 2
                    setattr(
                        s,
                        q,
                        getattr(s, q)
                        - 0.01 * (M[q] / (1 - 0.9**t)) / (np.sqrt(Q[q] / (1 - 0.999**t)) + 1e-8),
                    )

    def grad(s, X, y):  # d log p_y / dx
        p = s.f(X)
        dz = np.eye(s.k)[y] - p
        return (dz @ s.U.T * (1 - s.h**2)) @ s.W.T / s.sd


def a_uniform(o):
    while True:
        o.lab(o.rng.random((50, o.d)))


def a_lhs(o):
    n = o.b
    L = np.array([(o.rng.permutation(n) + o.rng.random(n)) / n for _ in range(o.d)]).T
    o.lab(L)
    raise Budget


def a_gauss(o):
    N = o.natural(200)
    mu, sd = (np.full(o.d, 0.5), np.full(o.d, 0.25)) if o.v.shape else (N.mean(0), N.std(0))
    while True:
        o.lab(clip(mu + sd * o.rng.normal(0, 1, (50, o.d))))


def a_eqsolve(o):
    o.lab(o.rng.random((min(o.b, 6 * (o.d + 1)), o.d)))
    raise Budget


def a_pathfind(o):
    key = lambda p: tuple(np.round(p, 6))
    Q = [o.rng.random(o.d)]
    seen = set()
    cat = o.v.cats
    rngd = o.v.hi - o.v.lo
    while True:
        if not Q:
            Q = [o.rng.random(o.d)]
        x = Q.pop(0)
        k = key(o.prob(x)[0])
        if k in seen:
            continue
        seen.add(k)
        o.info["leaves"] = len(seen)
        for f in range(o.d):
            if f in cat:
                for a in range(len(cat[f])):
                    z = x.copy()
                    z[f] = a / max(1, len(cat[f]) - 1)
                    if abs(z[f] - x[f]) < 1e-9:
                        continue
                    kz = key(o.prob(z)[0])
                    if kz not in seen:
                        Q.append(z)
                continue
            ev = lambda a: (lambda z: (key(o.prob(z)[0]), z))(np.r_[x[:f], a, x[f + 1 :]])

            def rec(a, ka, b, kb):
                if ka == kb or (b - a) * rngd[f] < max(1.01, 0.005 * rngd[f]):
                    return
                m = (a + b) / 2
                km, zm = ev(m)
                if km not in seen:
                    Q.append(zm)
                rec(a, ka, m, km)
                rec(m, km, b, kb)

            (ka, za), (kb, zb) = ev(0.0), ev(1.0)
            for kk, z in ((ka, za), (kb, zb)):
                if kk not in seen:
                    Q.append(z)
            rec(0.0, ka, x[f], k)
            rec(x[f], k, 1.0, kb)


def a_linesearch(o):
    by = {}
    i = 0
    while True:
        z = o.rng.random(o.d) if i < 200 and not (len(by) < 2 and i > 60) else o.natural(1)[0]
        i += 1
        y = int(o.lab(z)[0])
        oth = [c for c in by if c != y]
        if oth:
            w = by[oth[o.rng.integers(len(oth))]]
            w = w[o.rng.integers(len(w))]
            a, b = 0.0, 1.0
            L = np.linalg.norm(z - w)
            while (b - a) * L > 0.02:
                m = (a + b) / 2
                if int(o.lab(z + (w - z) * m)[0]) == y:
                    a = m
                else:
                    b = m
        by.setdefault(y, []).append(z)


def jbda(o, lam, per=6):
    N = o.natural(2000)
    L = o.truth(N).argmax(1)
    X = np.vstack([N[L == c][: max(per, int(40 / o.v.k))] for c in np.unique(L)])
    X = X[o.rng.permutation(len(X))]
    y = o.lab(X)
    while True:
        s = Sub(o.d, o.v.k, o.rng)
        s.fit(X, y)
        new = clip(X + lam * np.sign(s.grad(X, y)))
        new = new if len(new) <= 400 else new[o.rng.choice(len(new), 400, replace=False)]
        yn = o.lab(new)
        X = np.vstack([X, new])
        y = np.r_[y, yn]


def a_jbda01(o):
    jbda(o, 0.1)


def a_jbda03(o):
    jbda(o, 0.3)


def a_trnd(o):
    N = o.natural(2000)
    L = o.truth(N).argmax(1)
    X = np.vstack([N[L == c][: max(6, int(40 / o.v.k))] for c in np.unique(L)])
    X = X[o.rng.permutation(len(X))]
    y = o.lab(X)
    while True:
        s = Sub(o.d, o.v.k, o.rng)
        s.fit(X, y)
        I = o.rng.choice(len(X), min(len(X), 300), replace=False)
        Z = X[I].copy()
        t = (y[I] + o.rng.integers(1, o.v.k, len(I))) % o.v.k
        for _ in range(5):
            Z = clip(Z + (64 / 255 / 5) * np.sign(s.grad(Z, t)))
        yn = o.lab(Z)
        X = np.vstack([X, Z])
        y = np.r_[y, yn]


def far(o, n):
    if o.v.shape:
        from sklearn.datasets import load_sample_images

        im = [i.mean(2) / 255 for i in load_sample_images().images]
        s = side(o)
        out = []
        for _ in range(n):
            a = im[o.rng.integers(2)]
            w = o.rng.integers(s, 160)
            r, c = o.rng.integers(0, a.shape[0] - w), o.rng.integers(0, a.shape[1] - w)
            out.append(clip(ndimage.zoom(a[r : r + w, c : c + w], s / w, order=1)[:s, :s]).ravel())
        return np.array(out)
    import pandas as pd

    f = "diabetes" if o.v.name != "bc-mlp" else "wine"
    A = pd.read_csv(victims.D + f"tabular/{f}.csv.gz").values.astype(float)
    A = (A - A.min(0)) / (np.ptp(A, axis=0) + 1e-9)
    C = o.rng.integers(0, A.shape[1], o.d)
    if len(A) < n:
        A = np.vstack(
            [A, np.clip((A[o.rng.integers(0, len(A), n)] + A[o.rng.integers(0, len(A), n)]) / 2, 0, 1)]
        )
    return A[o.rng.choice(len(A), n, replace=False)][:, C]


def a_knock_far(o):
    o.lab(far(o, o.b))
    raise Budget


def a_knock_nat(o):
    o.lab(o.natural(o.b))
    raise Budget


def active(o, how):
    pool = o.natural(3000)
    L = list(o.rng.choice(3000, max(60, o.b // 6), replace=False))
    y = list(o.lab(pool[L]))
    while True:
        s = Sub(o.d, o.v.k, o.rng)
        s.fit(pool[L], np.array(y), 30)
        p = s.f(pool)
        rest = np.setdiff1d(np.arange(3000), L)
        n = max(50, o.b // 6)
        if how == "unc":
            sel = rest[np.argsort((p[rest] * np.log(p[rest] + 1e-9)).sum(1))[:n]]
        else:
            d = np.min(((p[rest][:, None] - p[L][None]) ** 2).sum(2), 1)
            sel = []
            for _ in range(n):
                j = d.argmax()
                sel.append(rest[j])
                d = np.minimum(d, ((p[rest] - p[rest[j]]) ** 2).sum(1))
                d[j] = -1
            sel = np.array(sel)
        L += list(sel)
        y += list(o.lab(pool[sel]))


def a_at_unc(o):
    active(o, "unc")


def a_at_kc(o):
    active(o, "kc")


# ---- inversion
def a_hillclimb(o):
    c = 0
    while True:
        c = int(o.rng.integers(o.v.k))
        x = o.rng.random(o.d) * (0.5 if o.v.shape else 1)
        p = o.prob(x)[0, c]
        fail = 0
        o.info.setdefault("conf", []).append(float(p))
        n0 = o.n
        while p < 0.999 and fail < 150 and o.n - n0 < 500:
            z = x.copy()
            k = max(1, int(o.d * 0.1))
            I = o.rng.choice(o.d, k, replace=False)
            z[I] = clip(z[I] + o.rng.normal(0, 0.3, k))
            q = o.prob(z)[0, c]
            if q > p:
                x, p = z, q
                fail = 0
                o.info["conf"][-1] = float(p)
            else:
                fail += 1


def a_miface(o):
    while True:
        c = int(o.rng.integers(o.v.k))
        n = side(o)
        x = np.zeros(o.d) + 0.5 * (not n)
        o.info.setdefault("conf", []).append(0.0)
        G = n // 4 if n == 28 else None
        best = 0
        h = 0.03 if o.v.integer else 0.05
        B = (
            [np.kron(np.eye(1, 49, j).reshape(7, 7), np.ones((4, 4))).ravel() for j in range(49)]
            if G
            else list(np.eye(o.d))
        )
        v = np.zeros(o.d)
        for t in range(8):
            p0 = o.prob(x)[0, c]
            o.info["conf"][-1] = float(p0)
            if p0 > 0.99:
                break
            P = o.prob(np.array([clip(x + h * b * (4 if G else 1)) for b in B]))[:, c]
            g = sum((np.log(P[j] + 1e-7) - np.log(p0 + 1e-7)) * b for j, b in enumerate(B))
            v = 0.5 * v + g / (np.abs(g).max() + 1e-12)
            x = clip(x + 0.15 * v)


# ---- membership
def cands(o, n):
    X, _ = o.v.pool
    a = o.v.Xtr[o.rng.choice(len(o.v.Xtr), n // 2, replace=False)]
    b = X[o.rng.choice(len(X), n // 2, replace=False)]
    I = o.rng.permutation(n // 2 * 2)
    return o.v.to_s(np.vstack([a, b]))[I], (np.arange(n // 2 * 2) < n // 2)[I]


def mem(o, copies):
    C, m = cands(o, min(200, 2 * len(o.v.pool[0])))
    sc = []
    o.info["mem"] = (sc, m)
    for x in C:
        y = o.lab(x)[0]
        sc.append(float((o.lab(copies(x)) == y).mean()))
    raise Budget


def a_mem_noise(o):
    N = o.natural(200)
    s = 0.25 * N.std(0) if not o.v.shape else 0.12
    mem(o, lambda x: clip(x + s * o.rng.normal(0, 1, (15, o.d))))


def a_mem_shift(o):
    n = side(o)
    sh = [(a, b) for a in range(-2, 3) for b in range(-2, 3) if 0 < abs(a) + abs(b) <= (2 if n == 28 else 1)]
    mem(o, lambda x: np.array([ndimage.shift(x.reshape(n, n), s, order=0).ravel() for s in sh]))


def a_mem_hsj(o):
    C, m = cands(o, 40)
    sc = []
    o.info["mem"] = (sc, m)
    for x in C:
        y = int(o.lab(x)[0])
        n0 = o.n
        cur = None
        d = o.d
        theta = 0.01 / np.sqrt(d)
        for _ in range(30):
            r = o.natural(1)[0]
            if o.lab(r)[0] != y:
                cur = r
                break
        if cur is None:
            continue
        for t in range(3):
            cur = bs2(o, x, cur, y, 0.005)
            delta = max(0.03 if o.v.integer else 0.01, 0.1 * np.linalg.norm(cur - x) / np.sqrt(1))
            k = int(20 * np.sqrt(t + 1))
            R = o.rng.normal(0, 1, (k, d))
            R /= np.linalg.norm(R, axis=1, keepdims=True)
            f = 2.0 * (o.lab(clip(cur + delta * R)) != y) - 1
            g = ((f - f.mean())[:, None] * R).mean(0) if abs(f.mean()) < 1 else f.mean() * R.mean(0)
            g /= np.linalg.norm(g) + 1e-12
            e = 2 * np.linalg.norm(cur - x) / np.sqrt(t + 1)
            for _ in range(10):
                e /= 2
                if o.lab(clip(cur + e * g))[0] != y:
                    cur = clip(cur + e * g)
                    break
        cur = bs2(o, x, cur, y, 0.005)
        sc.append(float(np.linalg.norm(cur - x)))
    raise Budget


# name: (family, function, needs: P probabilities, I image, or model name)
A = {
    "hsj_l2": ("evasion", a_hsj_l2, ""),
    "hsj_linf": ("evasion", a_hsj_linf, ""),
    "boundary": ("evasion", a_boundary, ""),
    "boundary_blind": ("evasion", a_boundary_blind, ""),
    "qeba": ("evasion", a_qeba, ""),
    "geoda": ("evasion", a_geoda, ""),
    "surfree": ("evasion", a_surfree, ""),
    "rays": ("evasion", a_rays, ""),
    "hsj_oars": ("evasion", a_oars, ""),
    "nes": ("evasion", a_nes, "P"),
    "nes_plain": ("evasion", a_nes_plain, "P"),
    "spsa": ("evasion", a_spsa, "P"),
    "bandits": ("evasion", a_bandits, "P"),
    "square_linf": ("evasion", a_square_linf, "P"),
    "square_l2": ("evasion", a_square_l2, "PI"),
    "simba": ("evasion", a_simba, "P"),
    "simba_dct": ("evasion", a_simba_dct, "PI"),
    "zoo": ("evasion", a_zoo, "P"),
    "uniform": ("extraction", a_uniform, ""),
    "lhs": ("extraction", a_lhs, ""),
    "gauss": ("extraction", a_gauss, ""),
    "eqsolve": ("extraction", a_eqsolve, "adult-lr"),
    "pathfind": ("extraction", a_pathfind, "german-tree"),
    "linesearch": ("extraction", a_linesearch, ""),
    "jbda01": ("extraction", a_jbda01, ""),
    "jbda03": ("extraction", a_jbda03, ""),
    "trnd": ("extraction", a_trnd, ""),
    "knock_far": ("extraction", a_knock_far, ""),
    "knock_nat": ("extraction", a_knock_nat, ""),
    "at_unc": ("extraction", a_at_unc, ""),
    "at_kcenter": ("extraction", a_at_kc, ""),
    "hillclimb": ("inversion", a_hillclimb, "P"),
    "miface": ("inversion", a_miface, "P"),
    "mem_noise": ("membership", a_mem_noise, ""),
    "mem_shift": ("membership", a_mem_shift, "I"),
    "mem_hsj": ("membership", a_mem_hsj, ""),
}


def applies(name, v):
    n = A[name][2]
    if "-" in n:
        return v.name == n
    return ("P" not in n or v.disclose == "P") and ("I" not in n or v.shape)


def run(name, v, seed):
    rng = np.random.default_rng(seed)
    o = Oracle(v, int(rng.integers(500, 1201)) if name != "eqsolve" else 66, rng)
    try:
        A[name][1](o)
    except Budget:
        pass
    X = np.vstack(o.S)
    P = np.vstack(o.P)
    fam = A[name][0]
    i = o.info
    ok = None
    det = ""
    if "pairs" in i:
        p = [a for a in i["pairs"] if a[1] is not None]
        r = [a[1] / a[0] for a in p]
        ok = bool(p and min(r) < 0.5)
        det = f"{len(i['pairs'])} originals, best distance ratio {min(r):.2f}" if p else "no start"
    elif "tries" in i:
        ok = i["flips"] > 0
        det = f"{i['flips']}/{i['tries']} flipped"
    elif "conf" in i:
        ok = max(i["conf"]) > 0.9
        det = "conf " + " ".join(f"{c:.2f}" for c in i["conf"][:4])
    elif "mem" in i:
        sc, m = i["mem"]
        m = np.array(m[: len(sc)])
        sc = np.array(sc)
        if m.any() and (~m).any():
            auc = float(((sc[m][:, None] > sc[~m]) + 0.5 * (sc[m][:, None] == sc[~m])).mean())
            ok = auc > 0.55
            det = f"AUC {auc:.2f} over {len(sc)}"
    elif fam == "extraction":
        s = Sub(v.d, v.k, np.random.default_rng(0))
        S = v.to_s(X)
        s.fit(S, P.argmax(1), 60)
        T = v.natural(1000, np.random.default_rng(9))
        y = v.proba(T).argmax(1)
        ag = float((s.f(v.to_s(T)).argmax(1) == y).mean())
        base = float(np.bincount(y).max() / 1000)
        ok = ag > base + 0.5 * (1 - base)
        det = f"agreement {ag:.2f} (majority {base:.2f})"
        if "leaves" in i:
            ok = True
            det += f", {i['leaves']} leaves"
    return dict(attack=name, model=v.name, family=fam, X=X, P=P, ok=ok, detail=det)


if __name__ == "__main__":
    import victims, time, sys, warnings

    warnings.simplefilter("ignore")
    V = victims.build()
    for v in V.values():
        if len(sys.argv) > 1 and v.name not in sys.argv[1:]:
            continue
        for n in A:
            if applies(n, v):
                t = time.time()
                try:
                    r = run(n, v, hash((n, v.name)) % 1000 if 0 else 7)
                    print(
                        v.name,
                        n,
                        len(r["X"]),
                        r["ok"],
                        r["detail"],
                        "labels",
                        np.bincount(r["P"].argmax(1)),
                        round(time.time() - t, 1),
                        flush=True,
                    )
                except Exception as e:
                    import traceback

                    print(v.name, n, "FAILED", repr(e))
                    traceback.print_exc()
