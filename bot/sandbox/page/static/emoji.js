// The emoji people use most, by the short names they have in Slack.

const LINES = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|wave 👋|clap 👏|raised_hands 🙌|pray 🙏|muscle 💪|ok_hand 👌|point_right 👉|point_left 👈
point_up 👆|point_down 👇|raised_hand ✋|hand ✋|raising_hand 🙋|handshake 🤝|writing_hand ✍️|eyes 👀|brain 🧠|ear 👂|speech_balloon 💬
thought_balloon 💭|heart ❤️|blue_heart 💙|green_heart 💚|yellow_heart 💛|purple_heart 💜|orange_heart 🧡|heart_hands 🫶|sparkling_heart 💖
smile 😄|smiley 😃|grin 😁|grinning 😀|slightly_smiling_face 🙂|blush 😊|wink 😉|joy 😂|rolling_on_the_floor_laughing 🤣|sweat_smile 😅
relieved 😌|heart_eyes 😍|thinking_face 🤔|thinking 🤔|neutral_face 😐|confused 😕|worried 😟|cry 😢|sob 😭|open_mouth 😮|astonished 😲
hugging_face 🤗|nerd_face 🤓|sunglasses 😎|star-struck 🤩|partying_face 🥳|tired_face 😫|sleeping 😴|facepalm 🤦|shrug 🤷|bow 🙇
tada 🎉|confetti_ball 🎊|balloon 🎈|gift 🎁|trophy 🏆|medal 🏅|star ⭐|star2 🌟|sparkles ✨|fire 🔥|rocket 🚀|bulb 💡|zap ⚡|boom 💥
rainbow 🌈|sunny ☀️|sunrise 🌅|seedling 🌱|herb 🌿|deciduous_tree 🌳|evergreen_tree 🌲|leaves 🍃|four_leaf_clover 🍀|tulip 🌷|sunflower 🌻
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|heavy_plus_sign ➕|question ❓|grey_question ❔|exclamation ❗|warning ⚠️
information_source ℹ️|no_entry ⛔|100 💯|hourglass ⌛|hourglass_flowing_sand ⏳|alarm_clock ⏰|stopwatch ⏱️|timer_clock ⏲️|calendar 📅|date 📅
spiral_calendar_pad 🗓️|memo 📝|pencil 📝|pencil2 ✏️|book 📖|books 📚|notebook 📓|bookmark 🔖|clipboard 📋|file_folder 📁|page_facing_up 📄
paperclip 📎|pushpin 📌|round_pushpin 📍|link 🔗|mag 🔍|lock 🔒|unlock 🔓|key 🔑|bell 🔔|no_bell 🔕|mega 📣|loudspeaker 📢|microphone 🎤
chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|abacus 🧮|straight_ruler 📏|triangular_ruler 📐|test_tube 🧪|microscope 🔬
telescope 🔭|school 🏫|mortar_board 🎓|apple 🍎|coffee ☕|tea 🍵|cake 🍰|pizza 🍕|hammer_and_wrench 🛠️|wrench 🔧|gear ⚙️|toolbox 🧰|computer 💻
iphone 📱|email ✉️|envelope ✉️|inbox_tray 📥|outbox_tray 📤|package 📦|movie_camera 🎥|video_camera 📹|camera 📷|art 🎨|jigsaw 🧩|dart 🎯
game_die 🎲|musical_note 🎵|arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrows_counterclockwise 🔄|repeat 🔁|recycle ♻️|back 🔙
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|red_circle 🔴|large_blue_circle 🔵|large_green_circle 🟢|large_yellow_circle 🟡|white_circle ⚪
black_circle ⚫|large_orange_circle 🟠|small_blue_diamond 🔹|teacher 🧑‍🏫|student 🧑‍🎓|family 👪|busts_in_silhouette 👥|bust_in_silhouette 👤
robot_face 🤖|ghost 👻|see_no_evil 🙈|snail 🐌|turtle 🐢|owl 🦉|bee 🐝|butterfly 🦋|ladder 🪜|compass 🧭|world_map 🗺️|house 🏠|door 🚪
`;

const BY_NAME = new Map(
  LINES.trim()
    .split(/[|\n]/)
    .map((entry) => entry.trim().split(" ")),
);

/** What the picker of reactions offers first. */
export const COMMON = [
  "+1",
  "heart",
  "raised_hands",
  "clap",
  "pray",
  "tada",
  "eyes",
  "bulb",
  "thinking_face",
  "white_check_mark",
  "100",
  "fire",
  "star",
  "seedling",
  "muscle",
  "handshake",
  "wave",
  "smile",
  "joy",
  "blush",
  "hugging_face",
  "open_mouth",
  "question",
  "memo",
];

/** Return the picture of a short name such as "wave" or "wave::skin-tone-3", or null when we have none. */
export function pictureOf(name) {
  const [base, tone] = name.split("::skin-tone-");
  const picture = BY_NAME.get(base);
  if (!picture) return null;
  return tone ? picture + String.fromCodePoint(0x1f3fa + Number(tone) - 1) : picture;
}

/** Return up to `count` short names that start with or contain what was typed. */
export function namesLike(typed, count) {
  const names = [...BY_NAME.keys()];
  const first = names.filter((name) => name.startsWith(typed));
  const rest = names.filter((name) => !name.startsWith(typed) && name.includes(typed));
  return [...first, ...rest].slice(0, count);
}
