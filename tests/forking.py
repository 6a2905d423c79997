"""Forks processes for tests from a server that has imported everything already.

Importing it anew takes a second and a half of computing for each process. A program has only one
such server, so what any of the processes needs is named here.
"""

import multiprocessing

forking = multiprocessing.get_context("forkserver")
forking.set_forkserver_preload(
    [
        *("bot.serve", "bot.storage", "bot.backup", "bot.doctor", "bot.demo"),
        "tests.bot.killed",
        "tests.handlers.consultancies.killed_leading",
        "tests.models.hangouts.racing",
    ]
)
