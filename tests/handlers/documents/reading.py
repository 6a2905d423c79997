"""What a reader of a document meets: its words, its headings, and what it would load."""

from html.parser import HTMLParser

# What makes a browser ask another computer for something, or run something.
LOADS = {"script", "img", "iframe", "link", "object", "embed", "audio", "video", "form", "base"}
ALONE = {"meta", "br", "hr"}


class Document(HTMLParser):
    """One page, as it is parsed: every tag that is opened is closed in its turn."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags, self.links, self.ids, self.headings = [], [], [], []
        self.words = ""
        self.language = ""
        self._open = []
        self.feed(content.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self.tags.append(tag)
        self.ids += [facts["id"]] if "id" in facts else []
        self.links += [facts["href"]] if "href" in facts else []
        if tag == "html":
            self.language = facts["lang"]
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append([tag, ""])
        assert not any(name.startswith("on") for name in facts)
        if tag not in ALONE:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open and self._open[-1] in ("style", "title"):
            assert "url(" not in data
            assert "@import" not in data
            return
        self.words += data
        for tag in self._open:
            if self.headings and tag == self.headings[-1][0]:
                self.headings[-1][1] += data

    @property
    def is_of_its_own(self):
        """Whether it opens without any other computer, and every way in it leads somewhere."""
        inside = {link[1:] for link in self.links if link.startswith("#")}
        return not LOADS & set(self.tags) and inside <= set(self.ids)
