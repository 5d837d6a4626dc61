"""Templates that try to be programs, and users who try to be templates."""

import re

import pytest
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from proposals.documents.checks import findings
from proposals.documents.render import render
from proposals.documents.sandbox import sandbox
from proposals.documents.template import TemplateFault, compile_template
from tests.documents.building import filled, lines, template

ATTACKS = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ betreff.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''.__class__ }}",
    "{{ betreff['__class__'] }}",
    "{{ betreff|attr('__class__') }}",
    "{{ self.__init__.__globals__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ namespace() }}",
    "{{ betreff.format(betreff) }}",
    "{{ '%s' % betreff }}",
    "{{ '%999999999d' % 1 }}",
    "{{ betreff * 100000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{% for i in range(10**9) %}x{% endfor %}",
    "{{ beratungsfolge|map(attribute='__class__')|list }}",
    "{{ betreff|center(100000000) }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% macro m() %}{% endmacro %}",
    "{{ loop.__class__ }}",
    "{% for a in anlagen %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{{ anlagen.append(1) }}",
    "{{ {'a': 1} }}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_template_cannot_run_code_or_grow_without_end(attack: str) -> None:
    with pytest.raises(TemplateFault) as fault:
        filled(attack)
    assert re.search(r"\{[{%]", fault.value.message), "the tag is named"


def test_an_attribute_reached_by_a_filter_is_refused() -> None:
    with pytest.raises(TemplateFault):
        filled("{{ anlagen|selectattr('titel.__class__')|list|length }}")


@pytest.mark.parametrize(
    "typed",
    [
        *("{{ 7*7 }}", "{% if %}", "{# x #}", "{_{ a }_}", "{{p sachverhalt }}", "{%tr endfor %}"),
        *("<w:t>", "</w:t></w:r></w:p><w:p><w:r><w:t>Beschluss: genehmigt", "a <select> b"),
        *("Müller & Söhne", "&amp; &lt;", "'\"", "]]>", "<!-- x -->", "\ufdd00\ufdd1"),
    ],
)
def test_what_a_user_types_is_text_and_nothing_else(typed: str) -> None:
    blocks = ("A {{ betreff }} B", "{%p for a in anlagen %}", "{{ a.titel }}", "{%p endfor %}")
    rows = [{"nummer": 1, "titel": typed}]
    document = filled(*blocks, "danach", betreff=typed, anlagen=rows)
    printed = typed.replace("\ufdd0", "").replace("\ufdd1", "")
    assert lines(document) == [f"A {printed} B", printed, "danach"]
    assert findings(document) == []


def test_a_value_that_calls_itself_markup_is_text_all_the_same() -> None:
    class Safe(str):
        def __html__(self) -> str:
            return "<w:br/>"

    assert lines(filled("{{ betreff }}", betreff=Safe("<b>"))) == ["<b>"]


def test_filters_keep_text_escaped_once() -> None:
    document = filled(
        "{{ betreff|upper }} {{ 'a & b' }} {{ betreff|default('x') ~ ' <' }}", betreff="a & ü"
    )
    assert lines(document) == ["A & Ü a & b a & ü <"]


def test_only_plain_data_goes_into_a_document() -> None:
    class Row:
        titel = "geheim"

    for value in (Row(), {"x": Row()}, [Row()], 1.5, {1, 2}):
        with pytest.raises(TypeError, match="is not plain data"):
            filled("{{ betreff }}", betreff=value)


def test_a_name_missing_in_the_data_is_named() -> None:
    with pytest.raises(TemplateFault, match=r"\{\{ nummer \}\}: Diese Angabe fehlt"):
        render(compile_template(template("{{ betreff }}", "{{ nummer }}")), {"betreff": "x"})


def test_the_second_line_of_defence_stands_without_the_first() -> None:
    environment = sandbox()
    assert environment.globals == {}
    assert environment.from_string("\ufdd0{ x }\ufdd1").render(x="<b>") == "&lt;b&gt;"
    joined = environment.from_string("\ufdd0{ x|join('<') ~ Markup }\ufdd1")
    assert joined.render(x=["<b>", Markup("&")], Markup=Markup("<i>")) == (
        "&lt;b&gt;&lt;&amp;&lt;i&gt;"
    )
    with pytest.raises(SecurityError):
        environment.from_string("\ufdd0{ x.__class__.__mro__ }\ufdd1").render(x="a")
