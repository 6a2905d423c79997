"""Everything `make bench` measures, one after the other."""

import asyncio

from tests.bench import forms, planning, search

asyncio.run(forms.main())
search.main()
planning.main()
