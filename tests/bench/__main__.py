"""Everything `make bench` measures, one after the other."""

import asyncio

from tests.bench import forms, search

asyncio.run(forms.main())
search.main()
