"""Which HTML a text may hold: the one list for what is stored and what is printed."""

import nh3

TAGS = {
    "p", "br", "strong", "em", "u", "s", "sub", "sup", "ul", "ol", "li", "h3", "h4", "a",
    "table", "thead", "tbody", "tr", "th", "td", "blockquote",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "td": {"colspan"}, "th": {"colspan"}}
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    clean_content_tags={"script", "style"},
    link_rel=None,
)


def clean_html(html: str) -> str:
    """Return `html` with the allowed elements only; text is kept, scripts are not."""
    return _CLEANER.clean(html).strip()
