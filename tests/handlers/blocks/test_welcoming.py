"""How the welcome to somebody new reads."""

from handlers.blocks.communities.setting_up import SHARE
from handlers.blocks.communities.welcoming import THINGS, welcome
from handlers.blocks.hangouts.ids import COMING
from handlers.blocks.thanks.ids import START, start_value
from tests.examples import a_community
from tests.handlers.blocks.surfaces import buttons, sent


def test_the_welcome_names_the_community_and_three_things_each_with_its_button():
    drawn = sent(welcome(a_community(id=1, name="Math & <friends>")))

    assert "Welcome to *Math &amp; &lt;friends&gt;* (<#C0MATHCIRCLE>)" in drawn["text"]
    assert len(THINGS) == 3
    assert "Say stop" in drawn["text"]
    assert buttons(drawn) == [(SHARE, ""), (COMING, "1"), (START, start_value(community_id=1))]
