"""A postman who goes leaves everything in order, and one who is in a hurry leaves it to others."""

from datetime import timedelta

from tests.bot.patience import until


async def test_a_stopped_postman_finishes_what_is_on_its_way(office):
    office.slack.faults.slow("chat.postMessage", seconds=0.2)
    await office.post("on its way")
    await office.post("next")

    async with office.open():
        await until(lambda: office.slack.api_calls_in_flight)

    assert office.said() == ["on its way"]
    assert await office.states() == {"on its way": "said", "next": "due"}


async def test_a_postman_stopped_in_haste_leaves_the_rest_to_the_next(office):
    office.slack.faults.slow("chat.postMessage", seconds=1, when="after")
    await office.post("on its way")
    async with office.open():
        await until(lambda: office.said() == ["on its way"])
        await office.kill(office.postmen[0])
        assert office.postmen[0].is_idle
    office.clock.move(timedelta(seconds=10))

    async with office.open():
        await office.settled()

    assert office.said() == ["on its way"]
    assert await office.states() == {"on its way": "said"}
