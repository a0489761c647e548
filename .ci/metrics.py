"""Waits until a counter is what it should be: metrics.py URL NAME VALUE SECONDS

VALUE 0 must hold at once and is not waited for; any other is the least that is asked for.
"""

import sys
import time
import urllib.request

url, name, wanted, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])


def value():
    with urllib.request.urlopen(url, timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    found = [float(line.split()[-1]) for line in lines if line.split("{")[0].split(" ")[0] == name]
    if not found:
        sys.exit(f"{url} has no {name}")
    return sum(found)


end = time.monotonic() + seconds
while True:
    seen = value()
    if seen == wanted if wanted == 0 else seen >= wanted:
        break
    if wanted == 0 or time.monotonic() > end:
        sys.exit(f"{name} is {seen}, wanted {wanted}")
    time.sleep(0.5)
print(f"{name} {seen:.0f}")
