"""Everything `make bench` measures, one after the other, or only what is named after it."""

import asyncio
import sys

from tests.bench import charts, forms, planning, search, thanks

BENCHES = {
    "forms": lambda: asyncio.run(forms.main()),
    "search": search.main,
    "planning": planning.main,
    "charts": charts.main,
    "thanks": thanks.main,
}
for name in sys.argv[1:] or BENCHES:
    BENCHES[name]()
