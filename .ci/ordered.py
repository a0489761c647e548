"""Fails unless the incidents of a replay stand in order of time: ordered.py FILE"""

import datetime
import json
import sys


def time(line):
    text = json.loads(line)["time"].replace("Z", "+00:00")
    return datetime.datetime.fromisoformat(text)


with open(sys.argv[1], encoding="utf-8") as lines:
    times = [time(line) for line in lines]
back = [i + 1 for i in range(1, len(times)) if times[i] < times[i - 1]]
if back or not times:
    sys.exit(f"{sys.argv[1]}: {len(times)} lines, earlier than the one before: {back[:5]}")
