"""Writes native logs of two days, and beside each the truth about it."""
import argparse, json, gzip, os, pickle, zlib, sys, warnings, time
import numpy as np

warnings.simplefilter("ignore")
import victims, benign, attacks

ap = argparse.ArgumentParser()
ap.add_argument("--seed", type=int, default=1)
ap.add_argument("--models", default="")
ap.add_argument("--modes", default="fast,slow,spread,cover", help="benign: honest callers alone")
ap.add_argument("--out", default="logs")
a = ap.parse_args()
MODES = [m for m in a.modes.split(",") if m != "benign"]
D1 = "2026-03-02T"
D2 = "2026-03-03T"


def ts(day, t):
    t = min(max(t, 0), 86399.9)
    ms = int(t * 1000)
    return f"2026-03-0{day+1}T{ms//3600000:02d}:{ms//60000%60:02d}:{ms//1000%60:02d}.{ms%1000:03d}Z"


def bodies(v, X, P):
    X = v.q(X) + 0.0
    P = np.round(P, v.probdec)
    out = []
    num = [i for i in range(v.d) if i not in v.cats]
    for x, p in zip(X, P):
        f = [int(u) if u == int(u) else float(u) for u in (x[num] if v.cats else x)]
        inp = {"features": f}
        if v.shape:
            inp["shape"] = v.shape
        if v.cats:
            inp["categorical"] = {
                f"a{c+1}": v.cats[c][int(np.clip(round(x[c]), 0, len(v.cats[c]) - 1))] for c in v.cats
            }
        o = {"label": v.labels[int(p.argmax())]}
        if v.disclose == "P":
            o["probabilities"] = [float(u) for u in p]
        out.append(
            f'"model":{{"name":"{v.name}","version":"1.0"}},"input":{json.dumps(inp,separators=(",",":"))},"output":{json.dumps(o,separators=(",",":"))},"status":200'
        )
    return out


class W:
    def __init__(s, rng):
        s.rows = []
        s.rng = rng
        s.auth = {}

    def add(s, day, t, ten, pr, ses, body, base=None):
        if pr not in s.auth:
            s.auth[
                pr
            ] = f"{s.rng.integers(11,220)}.{s.rng.integers(256)}.{s.rng.integers(256)}.{s.rng.integers(1,255)}"
        s.rows.append((day, t, ten, pr, ses, body))

    def lines(s, prefix):
        s.rows.sort(key=lambda r: (r[0], r[1]))
        out = []
        for i, (day, t, ten, pr, ses, body) in enumerate(s.rows):
            out.append(
                (
                    day,
                    t,
                    pr,
                    f'{{"requestId":"{prefix}{i}","time":"{ts(day,t)}","tenant":"{ten}","principal":"{pr}","sessionId":"{ses}","auth":{{"method":"API_KEY","scopes":["predict"],"ip":"{s.auth[pr]}"}},{body},"latencyMs":{int(s.rng.lognormal(2.3,.4))}}}',
                    f"{prefix}{i}",
                )
            )
        return out


def main():
    os.makedirs(a.out, exist_ok=True)
    V = victims.build(1)
    pickle.dump(
        {
            n: dict(
                lo=v.lo, hi=v.hi, mu=v.mu, sd=v.sd, nn=v.nn, pd=v.pd, d=v.d, disclose=v.disclose, acc=v.acc
            )
            for n, v in V.items()
        },
        open("victims.pkl", "wb"),
    )
    for mi, (name, v) in enumerate(V.items()):
        if a.models and name not in a.models.split(","):
            continue
        t0 = time.time()
        rng = np.random.default_rng([a.seed, mi])
        T = benign.traffic(v, int(rng.integers(1 << 30)))
        B = []
        callers = {}
        w = W(rng)
        for pr, kind, new, day, ten, rows in T:
            callers[pr] = dict(kind=kind, newOnDay2=new)
            X = np.array([r[0] for r in rows])
            for (x, t, ses), b in zip(rows, bodies(v, X, v.proba(v.q(X)))):
                w.add(day, t, ten, pr, ses, b)
        BL = w.lines("b")
        n1 = sum(1 for r in BL if r[0] == 1)
        with gzip.open(f"{a.out}/{name}-benign.jsonl.gz", "wt", compresslevel=1) as f:
            f.write("\n".join(r[3] for r in BL) + "\n")
        json.dump(
            dict(model=name, mode="benign", callers=callers, campaigns=[]),
            open(f"{a.out}/{name}-benign.truth.json", "w"),
        )
        C = []
        for an in attacks.A if MODES else []:
            if not attacks.applies(an, v):
                continue
            r = attacks.run(an, v, zlib.crc32(f"{an}|{name}|{a.seed}".encode()))
            r["B"] = bodies(v, r["X"], r["P"])
            r["S"] = v.to_s(r["X"]).astype(np.float32)
            C.append(r)
        os.makedirs("camp", exist_ok=True)
        pickle.dump(
            [
                {k: c[k] for k in ("attack", "family", "ok", "detail", "S")}
                | {"Z": ((c["X"] - v.mu) / v.sd).astype(np.float32), "lab": c["P"].argmax(1)}
                for c in C
            ],
            open(f"camp/{name}.{a.seed}.pkl", "wb"),
        )
        for mode in MODES:
            r2 = np.random.default_rng([a.seed, mi, zlib.crc32(mode.encode())])
            order = r2.permutation(len(C))
            per = 3 if mode == "spread" else 6
            ng = -(-len(C) // per)
            for g, grp in enumerate(np.array_split(order, ng)):
                w = W(r2)
                camps = []
                slot = np.linspace(8.6, 17.4, len(grp) + 1) * 3600
                for k, ci in enumerate(grp):
                    c = C[ci]
                    n = len(c["B"])
                    ten = str(r2.choice(["acme", "globex", "initech", "public"]))
                    na = 50 if mode == "spread" else 1
                    acc = [
                        f'{r2.choice(["svc","app","u","team","job"])}-{r2.integers(16**6):06x}'
                        for _ in range(na)
                    ]
                    ses = [f"s-{r2.integers(1<<32):x}" for _ in acc]
                    cov = v.natural(n, r2) if mode == "cover" else None
                    cb = bodies(v, cov, v.proba(cov)) if cov is not None else None
                    if mode == "slow":
                        gaps = r2.uniform(40, 50, n)
                        t = r2.uniform(0, max(1, 86300 - gaps.sum()))
                    else:
                        gaps = r2.uniform(0.5, 2, n * (2 if cov is not None else 1))
                        t = slot[k] + r2.uniform(0, max(1, slot[k + 1] - slot[k] - gaps.sum()))
                    tt = t + np.cumsum(gaps)
                    keys = []
                    for i in range(n):
                        if cov is not None:
                            w.add(2, tt[2 * i + 1], ten, acc[0], ses[0], cb[i])
                            ti = tt[2 * i]
                        else:
                            ti = tt[i]
                        w.add(2, ti, ten, acc[i % na], ses[i % na], c["B"][i])
                        keys.append((ti, acc[i % na]))
                    camps.append((c, acc, keys, ten))
                AL = w.lines("a")
                ids = {(r[1], r[2]): r[4] for r in AL}
                allr = sorted(BL + AL, key=lambda r: (r[0], r[1]))
                fn = f"{a.out}/{name}-{mode}-{g}"
                with gzip.open(fn + ".jsonl.gz", "wt", compresslevel=1) as f:
                    f.write("\n".join(r[3] for r in allr) + "\n")
                json.dump(
                    dict(
                        model=name,
                        mode=mode,
                        callers=callers,
                        campaigns=[
                            dict(
                                accounts=acc,
                                tenant=ten,
                                model=name,
                                family=c["family"],
                                attack=c["attack"],
                                mode=mode,
                                success=None if c["ok"] is None else bool(c["ok"]),
                                detail=c["detail"],
                                queryIds=[ids[k] for k in keys],
                                times=[ts(2, k[0]) for k in keys],
                            )
                            for c, acc, keys, ten in camps
                        ],
                    ),
                    open(fn + ".truth.json", "w"),
                )
        print(
            name,
            "day1",
            n1,
            "day2",
            len(BL) - n1,
            "campaigns",
            len(C),
            "attack rows",
            sum(len(c["B"]) for c in C),
            round(time.time() - t0),
            "s",
            flush=True,
        )


main()
