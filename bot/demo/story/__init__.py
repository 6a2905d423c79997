"""Five weeks in an example network of three schools, as teachers might have written them."""

from bot.demo.story import (
    digests,
    everyday,
    hangouts,
    kindnesses,
    math_earlier,
    math_lately,
    pilots,
    science,
)

STORY = [
    *everyday.STORY,
    *math_earlier.STORY,
    *math_lately.STORY,
    *science.STORY,
    *hangouts.STORY,
    *pilots.STORY,
    *kindnesses.STORY,
    *digests.STORY,
]
