"""Symbols a second of segno, all masks scored, for links that begin with the first argument."""

import json
import sys
from statistics import median
from time import thread_time

import segno  # type: ignore[import-not-found]  # of the peers' environment

spent = []
for n in range(30):
    began = thread_time()
    segno.make_qr(f"{sys.argv[1]}{n:04d}", error="m", boost_error=False)
    spent.append(thread_time() - began)
print(json.dumps({"rate": 1 / median(spent)}))
