"""Links: which ones are kept, and when two of them are the same."""

import string
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import quote, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.materials.likeness import TRACKING, file_key, kind_of
from models.materials.links import Link, LinkError, begins_like_a_link
from models.materials.material import URL_LENGTH, Kind

DOCUMENT = "1aBcDeFgHiJkLmNoPqRsTuVwXyZ"
NOT_PUBLIC = [
    IPv4Network(one)
    for one in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3"),
    )
]
NOT_PUBLIC_6 = [
    IPv6Network(one)
    for one in ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "fc00::/7", "fe80::/10", "ff00::/8")
]

words = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
names = st.lists(words, min_size=1, max_size=3).map(lambda parts: ".".join([*parts, "school"]))
texts = st.text(string.ascii_letters + string.digits + "äß/&=+ %-._~", min_size=1, max_size=8)
steps = st.lists(texts.filter(lambda one: one.strip(".") and "/" not in one), max_size=4)
parameters = st.lists(st.tuples(words.map(lambda one: f"q{one}"), texts), max_size=4)


def path_of(parts: list[str]) -> str:
    return "".join(f"/{quote(part, safe='')}" for part in parts)


def key(text: str) -> str:
    return Link.of(text).key


def within(network: IPv4Network | IPv6Network, number: int) -> int:
    return int(network.network_address) + number % network.num_addresses


@given(names, steps, parameters)
def test_what_is_kept_is_the_same_link_when_it_is_read_again(name, path, asked):
    link = Link.of(f"https://{name}{path_of(path)}?{urlencode(asked)}")

    again = Link.of(link.url)

    assert again == link
    assert len(link.key) <= 64


@given(names, steps, parameters, st.sampled_from(sorted(TRACKING)), texts, st.randoms())
def test_one_page_has_one_key_however_its_address_is_spelled(
    name, path, asked, tracking, text, chance
):
    plain = f"https://{name}{path_of(path)}"
    shuffled = [*dict(asked).items(), (tracking, text), ("utm_source", "letter")]
    chance.shuffle(shuffled)
    port = chance.choice(["", ":80"])
    slash = chance.choice(["", "/"])

    other = f"HTTP://WWW.{name.upper()}{port}{path_of(path)}{slash}?{urlencode(shuffled)}#page=2"

    assert key(other) == key(f"{plain}?{urlencode(dict(asked))}")


@given(names, steps, steps)
def test_two_pages_of_one_site_have_two_keys(name, one, other):
    assert (key(f"https://{name}{path_of(one)}") == key(f"https://{name}{path_of(other)}")) == (
        one == other
    )


@given(names, parameters, parameters)
def test_what_is_asked_of_a_page_tells_two_of_them(name, one, other):
    both = [key(f"https://{name}/?{urlencode(asked)}") for asked in (one, other)]

    same = sorted(one, key=lambda pair: pair[0]) == sorted(other, key=lambda pair: pair[0])
    assert (both[0] == both[1]) == same


@given(st.sampled_from(NOT_PUBLIC), st.integers(min_value=0), st.integers(0, 6))
@example(IPv4Network("127.0.0.0/8"), 1, 0)
def test_no_private_address_is_kept_in_any_spelling(network, number, spelling):
    address = within(network, number)
    first, *rest = IPv4Address(address).packed
    last = int.from_bytes(rest)
    host = [
        str(IPv4Address(address)),
        str(address),
        hex(address),
        f"0{address:o}",
        f"{first}.{last}",
        f"0X{first:x}.{rest[0]:#o}.{last % 65536}".replace("0o", "0"),
        "".join(chr(ord(char) + 0xFEE0) for char in str(IPv4Address(address))),
    ][spelling]

    with pytest.raises(LinkError):
        Link.of(f"http://{host}:8080/admin")


@given(st.sampled_from(NOT_PUBLIC_6), st.integers(min_value=0))
@example(NOT_PUBLIC_6[1], 0x7F000001)
def test_no_private_address_of_the_newer_kind_is_kept(network, number):
    with pytest.raises(LinkError):
        Link.of(f"http://[{IPv6Address(within(network, number))}]/")


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_link_or_is_answered(text):
    try:
        link = Link.of(text)
    except LinkError:
        return

    assert link.url.startswith(("https://", "http://"))
    assert link.url.isascii()
    assert not set(link.url) & set(' <>"|\\`')


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "javascript:alert(1)",
        "ftp://example.org/a",
        "data:text/html,hello",
        "file:///etc/passwd",
        "http:///127.0.0.1",
        "http://localhost./",
        "http://printer.local",
        "http://wiki.internal/page",
        "http://intranet/page",
        "https://127.0.0.1.nip.io/",
        "https://localho.st/",
        "https://api.default.svc/",
        "https://ana@example.org/",
        "https://example.org\\@127.0.0.1/",
        "http://%31%32%37.0.0.1/",
        "http://127。0。0。1/",
        "http://[fe80::1%25eth0]/",
        "http://[2002:7f00:1::]/",
        "http://1.2.3.4.5/",
        "http://xn--localhost-/",
        "https://example.org:99999/",
        "https://exa\u200bmple.org/",
        "https://example.org/a b",
        "https://example.org/\x00",
        f"https://example.org/{'a' * URL_LENGTH}",
        f"https://example.org/{'ä' * 500}",
    ],
)
def test_what_leads_nowhere_for_colleagues_is_refused(typed):
    with pytest.raises(LinkError) as refused:
        Link.of(typed)

    assert refused.value.field == "url"


def test_a_public_address_and_a_name_in_any_letters_are_kept():
    assert Link.of("http://93.184.216.34/a").url == "http://93.184.216.34/a"
    assert Link.of("https://schule-münchen.de/ä").url == "https://xn--schule-mnchen-3ob.de/%C3%A4"
    assert key("https://SCHULE-MÜNCHEN.de/%c3%a4") == key("https://xn--schule-mnchen-3ob.de/ä")
    # Two names that an older standard took for one.
    assert key("https://faß.de") != key("https://fass.de")


def test_slacks_own_way_of_writing_a_link_is_unwrapped():
    link = Link.of("<https://example.org/?a=1&amp;b=2|fraction talk>")

    assert link.url == "https://example.org/?a=1&b=2"


def test_a_link_without_its_beginning_is_completed():
    assert Link.of("www.example.org/a").url == "https://www.example.org/a"


def test_a_program_in_a_page_has_a_page_for_each_route():
    assert key("https://example.org/#/lesson/1") != key("https://example.org/#/lesson/2")
    assert key("https://example.org/#top") == key("https://example.org/")


def test_a_video_is_one_under_all_its_addresses():
    keys = {
        key(f"https://{address}")
        for address in (
            "youtu.be/dQw4w9WgXcQ?si=abc",
            "www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s",
            "m.youtube.com/watch?feature=share&v=dQw4w9WgXcQ",
            "youtube.com/embed/dQw4w9WgXcQ",
            "www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        )
    }

    assert len(keys) == 1
    assert keys != {key("https://youtu.be/dQw4w9WgXcR")}
    assert key("https://www.youtube.com/@school") != key("https://www.youtube.com/")


def test_a_document_is_one_for_readers_and_writers():
    keys = {
        key(f"https://{address}")
        for address in (
            f"docs.google.com/document/d/{DOCUMENT}/edit?usp=sharing",
            f"docs.google.com/document/u/1/d/{DOCUMENT}/view#heading=h.1",
            f"docs.google.com/a/school.org/document/d/{DOCUMENT}/copy",
            f"drive.google.com/open?id={DOCUMENT}",
            f"drive.google.com/file/d/{DOCUMENT}/view",
        )
    }

    assert len(keys) == 1
    assert keys != {key(f"https://docs.google.com/document/d/e/{DOCUMENT}/pub")}


def test_a_link_to_a_file_of_slack_is_that_file():
    assert key("https://school.slack.com/files/U1/F0RUBRIC/rubric.pdf") == file_key("F0RUBRIC")
    assert key("https://files.slack.com/files-pri/T1-F0RUBRIC/rubric.pdf") == file_key("F0RUBRIC")
    assert key("https://slack.com.example.org/files/U1/F0RUBRIC/a") != file_key("F0RUBRIC")


def test_a_word_is_a_link_or_the_beginning_of_a_title():
    links = ("https://example.org", "www.example.org/a", "10.0.0.1/a", "javascript:alert(1)")
    title = ("Fractions", "4.5", "e.g.", "1/2", "and/or", "Note:")

    assert [begins_like_a_link(word) for word in links] == [True] * len(links)
    assert [begins_like_a_link(word) for word in title] == [False] * len(title)


def test_an_address_may_tell_what_it_leads_to():
    assert kind_of("https://youtu.be/dQw4w9WgXcQ") is Kind.VIDEO
    assert kind_of("Fractions week 3.pptx") is Kind.SLIDES
    assert kind_of("https://example.org/rubrics/talk.pdf") is Kind.RUBRIC
    assert kind_of("https://example.org/a") is None
