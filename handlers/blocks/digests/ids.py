"""Ids: the buttons and forms of digests, which other features may offer as well."""

# A community's number, or "" for the one that is meant.
CUSTOMS = "digests.customs"
PREVIEW = "digests.preview"
# "number:week:0" of a digest: all of it, for the reader alone; pages in place.
SEE_ALL = "digests.see_all"
# "number:week:page" of a page with all of it; without a week as things are now.
FURTHER = "digests.further"
BACK = "digests.back"
# A community's number: all that wants attention there, for whoever facilitates it.
ATTENTION = "digests.attention"
# Network digests: the list of them, for leads, or the form where there is none yet.
NETWORKS = "digests.networks"
# The number of a network digest, or "" for a new one: its form.
NETWORK_PLAN = "digests.network_plan"
# The number of one: it comes no more; how it would look now.
NETWORK_END = "digests.network_end"
NETWORK_PREVIEW = "digests.network_preview"
# As those of a community's digest, with the number of a network digest.
NETWORK_SEE_ALL = "digests.network_see_all"
NETWORK_FURTHER = "digests.network_further"
NETWORK_BACK = "digests.network_back"


def see_all_value(number: int, week: str, page: int = 0) -> str:
    """Return what a button carries; `week` is an ISO date, or "" for as things are now."""
    return f"{number}:{week}:{page}"
