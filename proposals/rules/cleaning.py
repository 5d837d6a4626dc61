"""Which HTML a text may hold: the one list for what is stored and what is printed."""

import re

import nh3

from .markup import canonical

TAGS = {
    "p", "br", "strong", "em", "u", "s", "sub", "sup", "ul", "ol", "li", "h3", "h4", "a",
    "table", "thead", "tbody", "tr", "th", "td", "blockquote",
}  # fmt: skip
_SPANS = {"colspan", "rowspan"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "td": _SPANS, "th": {*_SPANS, "scope"}}
URL_SCHEMES = {"http", "https", "mailto"}
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=URL_SCHEMES,
    clean_content_tags={"script", "style", "title", "template"},
    link_rel=None,
)
_ROUNDS = 5  # elements that cannot stand in each other move apart, one level at a time
# what means the same, in the words of the list: dropped, a heading would be bare text
_SYNONYMS = {
    "b": "strong", "i": "em", "ins": "u", "strike": "s", "del": "s", "div": "p",
    "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "caption": "p", "tfoot": "tbody",
}  # fmt: skip
_SYNONYM = re.compile(rf"(</?)({'|'.join(_SYNONYMS)})(?=[\s/>])", re.IGNORECASE)


def clean_html(html: str) -> str:
    """Return `html` with the allowed elements only, in its one form (rules/markup.py).

    Text is kept, scripts are not; elements that mean the same as an allowed one become that.
    """
    named = _SYNONYM.sub(lambda found: found[1] + _SYNONYMS[found[2].lower()], html)
    cleaned = canonical(_CLEANER.clean(named))
    for _ in range(_ROUNDS):
        again = canonical(_CLEANER.clean(cleaned))
        if again == cleaned:
            break
        cleaned = again
    return cleaned
