"""Everything `make bench` measures, one after the other, or only what is named after it."""

import asyncio
import sys

from tests.bench import charts, digests, forms, home, planning, search, thanks

BENCHES = {
    "forms": lambda: asyncio.run(forms.main()),
    "search": search.main,
    "planning": planning.main,
    "charts": charts.main,
    "thanks": thanks.main,
    "digests": digests.main,
    "home": home.main,
}
for name in sys.argv[1:] or BENCHES:
    BENCHES[name]()
