"""How much of anything Slack takes, and how long it waits.

Where a number comes from stands above its group: docs.slack.dev (the page is named), the
definitions in npm @slack/types 3.2.0 ("types"), slack_sdk 3.47 ("sdk"), the method pages mirrored
by slack_kit in May 2026 ("method page") or the limits tested by PyPI slackblocks 3.0.0
("slackblocks"). Lengths are Unicode code points, as Python counts them (slackblocks: 150 astral
emoji pass in a header). Numbers our sources disagree about are left out or taken at their smaller
value, which is said there.
"""

# Ids (docs: block-kit, views; types views.d.ts; sdk).
BLOCK_ID = ACTION_ID = CALLBACK_ID = EXTERNAL_ID = 255

# Messages (docs: chat.postMessage, chat.update, reference/block-kit/blocks).
MESSAGE_BLOCKS = 50
MESSAGE_TEXT = 40_000  # chat.postMessage cuts here; chat.postEphemeral refuses with msg_too_long
UPDATED_TEXT = 4_000  # chat.update refuses with msg_too_long
MARKDOWN = 12_000  # markdown_text, and all markdown blocks of a message together
ATTACHMENTS = 100
TABLES_IN_A_MESSAGE = 1  # slack-skills-plugin, block-kit
CHARTS_IN_A_MESSAGE = 2  # docs: data-visualization-block

# Views (docs: surfaces/modals; types views.d.ts; method pages of views.*).
VIEW_BLOCKS = 100
VIEW_TITLE = VIEW_BUTTON = 24
PRIVATE_METADATA = 3_000
VIEW_BYTES = 250_000  # "250kb" on the method page, read as the smaller kilobyte

# Text and what is made of it (docs: reference/block-kit/composition-objects; sdk).
TEXT = 3_000
PLACEHOLDER = 150
OPTION_TEXT = OPTION_DESCRIPTION = GROUP_LABEL = 75
OPTION_VALUE = 150  # sdk and slackblocks quote the present page; types still says 75
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
URL = 3_000

# Blocks (docs: reference/block-kit/blocks; sdk).
FIELDS = 10
FIELD_TEXT = 2_000
HEADER = 150
CONTEXT_ELEMENTS = 10
ACTIONS_ELEMENTS = 25
CONTEXT_ACTIONS_ELEMENTS = 5
ALT_TEXT = IMAGE_TITLE = 2_000
LABEL = HINT = 2_000
VIDEO_TITLE = 199  # "less than 200"
VIDEO_AUTHOR = 49  # "less than 50"
VIDEO_DESCRIPTION = 200  # slack-messaging 0.7
ALERT = 200  # java-slack-sdk, slackblocks
CARD_TITLE = 150
CARD_BODY = 200
CARD_ACTIONS = 3  # slackblocks
CAROUSEL_CARDS = 10
CONTAINER_TITLE = 150
CONTAINER_BLOCKS = 10
PLAN_TASKS = 50  # slackblocks
LIST_INDENT = 8  # types

# Tables and charts (docs: table-block, data-table-block, data-visualization-block; types).
TABLE_ROWS = 100
TABLE_COLUMNS = 20
DATA_TABLE_ROWS = 101  # docs and types, header included; slackblocks says 201
DATA_TABLE_PAGE = 100
DATA_TABLES_TEXT = 20_000  # slackblocks: all cells of all data_tables of a message
CHART_TITLE = CHART_AXIS_LABEL = 50
CHART_LABEL = 20
CHART_SERIES = 6  # also the slices of a pie; slackblocks says 12
CHART_POINTS = 20

# Elements (docs: reference/block-kit/block-elements; sdk).
BUTTON_TEXT = BUTTON_LABEL = 75
BUTTON_VALUE = 2_000
AGENT_PROMPT = 4_000
VISIBLE_TO = 10
SELECT_OPTIONS = OPTION_GROUPS = 100
OVERFLOW_OPTIONS = 5
CHOICES = 10  # checkboxes and radio buttons
INPUT_TEXT = 3_000
INPUT_LINES = 100
INPUT_FILES = 10

# Sign-in cards and layouts (sdk 3.47; docs changelog of 29 October 2026).
PROVIDER_VALUE = PROVIDER_DESCRIPTION = 150
PROVIDER_NAME = 75
LAYOUT_LABEL = 150
LAYOUT_ROWS = 5
