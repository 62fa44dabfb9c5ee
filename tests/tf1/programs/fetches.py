"""Fetches small wheels: fetches.py JSON FILES, where the JSON is [their table, the digest of their manifest]."""

import json
import sys

from tf1.program.source import cache, fetch, wheels

wheels.WHEELS, cache.MANIFEST_SHA256 = json.loads(sys.argv[1])
try:
    fetch.fetch(*sys.argv[2:])
except fetch.FetchError as error:
    sys.exit("tf1: error: %s" % error)
