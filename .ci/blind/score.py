"""Scores what replays found against the truth."""
import json, glob, os, gzip, pickle, sys, collections
import numpy as np
from datetime import datetime

FAM = {"extraction": "extraction", "evasion": "evasion", "inversion": "inversion", "membership": "membership"}
seed = int(os.environ.get("SEED", "1"))


def score():
    R = []
    FA = []
    MS = []
    nlog = collections.Counter()
    kinds = {}
    for tf in sorted(glob.glob("logs/*.truth.json")):
        b = os.path.basename(tf)[:-11]
        o = f"out/{b}"
        if not os.path.exists(o + "/summary.json"):
            continue
        T = json.load(open(tf))
        m = T["model"]
        mode = T["mode"]
        nlog[(m, mode)] += 1
        kinds[m] = T["callers"]
        own = {a: i for i, c in enumerate(T["campaigns"]) for a in c["accounts"]}
        inc = [json.loads(l) for l in open(o + "/incidents.jsonl")]
        hit = collections.defaultdict(list)
        fnd = collections.defaultdict(list)
        for l in open(o + "/findings.jsonl"):
            f = json.loads(l)
            for p in f.get("principals") or ([f["principal"]] if f.get("principal") else []):
                p = p.split("|")[-1]
                if p in own:
                    fnd[own[p]].append((f["detector"], f["time"], f["logEvidence"]))
        for e in inc:
            if e["activity"] != "CREATE":
                continue
            # principals may join later: take union over the incident's later activities with their times
            ps = [p.split("|")[-1] for p in (e.get("principals") or [])]
            for p in set(ps):
                if p in own:
                    hit[own[p]].append((e["time"], e))
                elif p in T["callers"]:
                    FA.append((m, mode, b, p, T["callers"][p], e))
            if not ps:
                MS.append((m, mode, b, e, T))
        # accounts that joined an incident by an UPDATE
        cr = {e["incidentId"]: set(e.get("principals") or []) for e in inc if e["activity"] == "CREATE"}
        for e in inc:
            if e["activity"] == "UPDATE":
                for p in set(e.get("principals") or []) - cr.get(e["incidentId"], set()):
                    cr.setdefault(e["incidentId"], set()).add(p)
                    q = p.split("|")[-1]
                    if q in own:
                        hit[own[q]].append((e["time"], e))
                    elif q in T["callers"]:
                        FA.append(
                            (
                                m,
                                mode,
                                b,
                                q,
                                T["callers"][q],
                                dict(e, summary="(joined by UPDATE) " + e["summary"]),
                            )
                        )
        for i, c in enumerate(T["campaigns"]):
            h = sorted(hit[i], key=lambda x: x[0])
            r = dict(
                model=m,
                mode=mode,
                log=b,
                attack=c["attack"],
                family=c["family"],
                success=c["success"],
                detail=c["detail"],
                n=len(c["times"]),
                found=bool(h),
            )
            if h:
                r["q"] = sum(t <= h[0][0] for t in c["times"])
                r["det"] = h[0][1]["detectors"]
                r["fam"] = c["family"] in h[0][1]["detectors"]
                fh = [x for x in h if c["family"] in x[1]["detectors"]]
                r["famq"] = sum(t <= fh[0][0] for t in c["times"]) if fh else None
                r["anyfam"] = bool(fh)
                r["summary"] = h[0][1]["summary"]
                r["named"] = len(
                    {
                        p
                        for x in h
                        for p in map(lambda z: z.split("|")[-1], x[1]["principals"])
                        if own.get(p) == i
                    }
                )
                r["acc"] = len(c["accounts"])
            else:
                r["find"] = sorted({d for d, _, _ in fnd[i]})
                r["maxev"] = max([x[2] for x in fnd[i]], default=None)
            R.append(r)
    return R, FA, MS, nlog, kinds


def describe(model, attack):
    V = pickle.load(open("victims.pkl", "rb"))[model]
    c = [c for c in pickle.load(open(f"camp/{model}.{seed}.pkl", "rb")) if c["attack"] == attack][0]
    Z = c["Z"].astype(float)
    L = c["lab"]
    d = np.linalg.norm(np.diff(Z, axis=0), axis=1) / V["pd"]
    ch = (np.diff(L) != 0).mean()
    n = len(Z)
    # nearest earlier query (sample of 200)
    I = np.linspace(10, n - 1, min(150, n - 10)).astype(int)
    ne = np.array([np.sqrt(((Z[:i] - Z[i]) ** 2).sum(1).min()) for i in I]) / V["pd"]
    k = (np.abs(np.diff(c["S"], axis=0)) > 1e-6).sum(1)
    un = len(np.unique(Z.round(6), axis=0))
    S = c["S"]
    return f"{n} queries ({un} distinct), successive distance / typical pair distance q10-50-90 {np.quantile(d,.1):.3f}/{np.quantile(d,.5):.3f}/{np.quantile(d,.9):.3f}; nearest earlier query q10-50-90 {np.quantile(ne,.1):.4f}/{np.quantile(ne,.5):.4f}/{np.quantile(ne,.9):.4f} (natural nn {V['nn']/V['pd']:.2f}); label changes {ch:.2f} of steps, classes {np.bincount(L).tolist()}; coordinates changed per step median {int(np.median(k))} of {V['d']}; scaled range q1-q99 {np.quantile(S,.01):.2f}..{np.quantile(S,.99):.2f}, outside 0..1: {((S<-.01)|(S>1.01)).mean():.3f}"


NAT = {"knock_nat", "at_unc", "at_kcenter"}


def distinct():
    D = {}
    for f in glob.glob(f"camp/*.{seed}.pkl"):
        for c in pickle.load(open(f, "rb")):
            D[(os.path.basename(f).split(".")[0], c["attack"])] = len(np.unique(c["Z"].round(6), axis=0))
    return D


def report():
    D = distinct()
    R, FA, MS, nlog, kinds = score()
    out = []
    P = out.append
    models = sorted(kinds)
    order = [a for a in __import__("attacks").A]
    P("# Blind red team of Vedette\n")
    P(open("summary.md").read()) if os.path.exists("summary.md") else None
    P(
        f"Logs scored: {sum(nlog.values())}: "
        + ", ".join(f"{a} {b}: {n}" for (a, b), n in sorted(nlog.items()))
        + "\n"
    )
    for r in R:
        r["distinct"] = D.get((r["model"], r["attack"]), 0)
        r["strong"] = bool(r["success"] and r["distinct"] >= 150 and r["attack"] not in NAT)
    P(
        "Strong campaign = reached its goal, at least 150 distinct queries, and not made of natural rows only (knock_nat, at_unc, at_kcenter).\n"
    )
    for mode in ("fast", "slow", "spread", "cover"):
        M = [r for r in R if r["mode"] == mode]
        if not M:
            continue
        f = [r for r in M if r["found"]]
        P(
            f"## Mode {mode}: {len(f)} of {len(M)} campaigns found; right family first {sum(r['fam'] for r in f)}, right family at some time {sum(r['anyfam'] for r in f)}; median queries {np.median([r['q'] for r in f]) if f else '-'}, p90 {np.quantile([r['q'] for r in f],.9) if f else '-'}; over 100: {sum(r['q']>100 for r in f)}\n"
        )
        S = [r for r in M if r["strong"]]
        P(
            f"- strong campaigns: {sum(r['found'] for r in S)}/{len(S)} found, within 100 queries {sum(r['found'] and r['q']<=100 for r in S)}; by family: "
            + ", ".join(
                f"{fam} {sum(r['found'] for r in S if r['family']==fam)}/{sum(r['family']==fam for r in S)}"
                for fam in FAM
            )
        )
        S = [r for r in M if r["attack"] in NAT]
        P(
            f"- natural-row extraction (knock_nat, at_unc, at_kcenter): {sum(r['found'] for r in S)}/{len(S)} found"
        )
        for fam in FAM:
            G = [r for r in M if r["family"] == fam]
            H = [r for r in G if r["found"]]
            S = [r for r in G if r["success"]]
            if G:
                P(
                    f"- {fam}: {len(H)}/{len(G)} found (of those that succeeded: {sum(r['found'] for r in S)}/{len(S)}), family right at first {sum(r['fam'] for r in H)}, median queries {np.median([r['q'] for r in H]) if H else '-'}, p90 {np.quantile([r['q'] for r in H],.9) if H else '-'}"
                )
        P("")
        P(
            "Cell: queries at first incident (`!x` = another family first, x its detector initials; **miss**; `~` = the attack did not reach its goal)\n"
        )
        P("| attack | " + " | ".join(models) + " |")
        P("|---|" + "---|" * len(models))
        for an in order:
            row = []
            for mo in models:
                r = [r for r in M if r["attack"] == an and r["model"] == mo]
                if not r:
                    row.append("")
                    continue
                r = r[0]
                s = "" if r["success"] else "~"
                row.append(
                    s
                    + (
                        "**miss**"
                        if not r["found"]
                        else str(r["q"])
                        + (
                            ""
                            if r["fam"]
                            else "!"
                            + "+".join(d[:3] for d in r["det"])
                            + (f" ({r['famq']})" if r["anyfam"] else "")
                        )
                    )
                )
            if any(row):
                P(f"| {an} | " + " | ".join(row) + " |")
        P("")
    P("## False alarms (benign callers named in an incident)\n")
    g = collections.defaultdict(list)
    for m, mode, b, p, k, e in FA:
        g[(m, p, k["kind"], k["newOnDay2"])].append((mode, b, e))
    tot = collections.Counter((m, c["kind"]) for m in models for c in kinds[m].values())
    acc = collections.Counter((m, k) for (m, p, k, nw) in g)
    P(
        f"{len(g)} benign callers accused out of {sum(tot.values())} over all models (a caller counts once over all logs; caller-log pairs: {len({(b,p) for _,_,b,p,_,_ in FA})} of {sum(len(kinds[m])*n for (m,_),n in nlog.items())})\n"
    )
    P("| kind | callers | accused | " + " | ".join(models) + " |")
    P("|---|---|---|" + "---|" * len(models))
    for k in __import__("benign").PLAN:
        P(
            f"| {k} | {sum(v for (m,q),v in tot.items() if q==k)} | {sum(v for (m,q),v in acc.items() if q==k)} | "
            + " | ".join(f"{acc[(m,k)]}/{tot[(m,k)]}" if tot[(m, k)] else "" for m in models)
            + " |"
        )
    P(
        "\n| model | caller | kind | new on day 2 | detector | logs with it | exchanges at opening | time | summary |"
    )
    P("|---|---|---|---|---|---|---|---|---|")
    for (m, p, k, nw), L in sorted(g.items()):
        byd = collections.defaultdict(list)
        for mode, b, e in L:
            byd["+".join(e["detectors"])].append((b, e))
        for d, x in byd.items():
            e = x[0][1]
            P(
                f"| {m} | {p} | {k} | {nw} | {d} | {len({b for b,_ in x})} of {sum(n for (a,_),n in nlog.items() if a==m)} | {e.get('exchanges')} | {e['time'][11:19]} | {e['title']}: {e['summary']} |"
            )
    P("\n## Incidents naming no account\n")
    g2 = collections.defaultdict(list)
    for m, mode, b, e, T in MS:
        g2[(m, "+".join(e["detectors"]), e["title"])].append((mode, b, e))
    for k, L in sorted(g2.items()):
        e = L[0][2]
        P(
            f"- {k[0]} {k[1]}: {len(L)} incidents in {len({b for _,b,_ in L})} logs ({dict(collections.Counter(mo for mo,_,_ in L))}), first at {e['time'][11:19]}: {e['title']}: {e['summary']}"
        )
    P("\n## Misses\n")
    for r in R:
        if not r["found"]:
            P(
                f"- {'STRONG ' if r['strong'] else ''}{r['mode']} {r['model']} {r['attack']} ({'reached its goal' if r['success'] else 'did not reach its goal'}: {r['detail']}); findings without incident: {', '.join(r['find']) or 'none'}"
                + (f" (log evidence up to {r['maxev']:.1f})" if r["maxev"] is not None else "")
                + (f". Stream: {describe(r['model'],r['attack'])}")
            )
    P("\n## Late (over 100 queries)\n")
    for r in R:
        if r["found"] and r["q"] > 100:
            P(
                f"- {r['mode']} {r['model']} {r['attack']}: {r['q']} of {r['n']} by {'+'.join(r['det'])} ({r['summary']}); {r['detail']}"
            )
    P("\n## Wrong family first\n")
    for r in R:
        if r["found"] and not r["fam"]:
            P(
                f"- {r['mode']} {r['model']} {r['attack']} ({r['family']}): {'+'.join(r['det'])} at {r['q']}: {r['summary']}"
                + (f"; right family at {r['famq']}" if r["anyfam"] else "")
            )
    open("report.md", "w").write("\n".join(out) + "\n")
    return R, FA, MS, nlog, kinds


if __name__ == "__main__":
    R, FA, MS, nlog, kinds = report()
    print(len(R), "campaigns", sum(r["found"] for r in R), "found; FA pairs", len(FA), "unnamed", len(MS))
