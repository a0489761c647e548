"""Replays logs that have a truth file and no result: replay.py PATTERN[,PATTERN] PARALLEL."""
import sys, os, glob, subprocess, time

pats = (sys.argv[1] if len(sys.argv) > 1 else "*").split(",")
par = int(sys.argv[2]) if len(sys.argv) > 2 else 1
wait = len(sys.argv) > 3
run = []
started = set(sys.argv[4].split(",")) if len(sys.argv) > 4 else set()
t0 = time.time()
while True:
    run = [p for p in run if p.poll() is None]
    ls = [
        l
        for p in pats
        for l in sorted(glob.glob(f"logs/{p}.jsonl.gz"))
        if l not in started and os.path.exists(l[:-9] + ".truth.json")
    ]
    ls = [l for l in ls if not os.path.exists("out/" + os.path.basename(l)[:-9] + "/stdout.txt")]
    while ls and len(run) < par:
        l = ls.pop(0)
        started.add(l)
        o = "out/" + os.path.basename(l)[:-9]
        os.makedirs(o, exist_ok=True)
        run.append(
            subprocess.Popen(
                [
                    "java",
                    "-Xmx1500m",
                    "-XX:+UseSerialGC",
                    "-jar",
                    os.environ["BLIND_JAR"],
                    "replay",
                    "--in",
                    l,
                    "--learn-until",
                    "2026-03-03T00:00:00Z",
                    "--out",
                    o,
                ],
                stdout=open(o + "/stdout.txt", "w"),
                stderr=subprocess.STDOUT,
            )
        )
        print(time.strftime("%H:%M:%S"), l, flush=True)
    if not run and not ls and (not wait or os.path.exists("gen.done")):
        break
    time.sleep(0.5)
print("done", time.time() - t0)
