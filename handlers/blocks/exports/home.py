"""What App Home shows to leads: the network's records, how long they are kept, its digest."""

from slack_sdk.models.blocks import ActionsBlock, Block

from handlers.blocks.digests.network_forms import network_button
from handlers.blocks.exports.keeping import export_button, keeping_button, rule_words
from handlers.blocks.hangouts.facts import phrase
from models.workspaces import Workspace


def leads_part(workspace: Workspace) -> list[Block]:
    """Return the rule in a sentence, and a row of buttons."""
    heading = phrase(phrase("For leads of the network", bold=True), f" · {rule_words(workspace)}")
    records = [export_button("Export records"), keeping_button("How long records are kept")]
    return [heading.block, ActionsBlock(elements=[*records, network_button()])]
