"""Never a silent loss: what the data of a paper says is in the paper, or there is no paper."""

from typing import Any

import pytest

from proposals.documents.complete import refuse_losses
from proposals.documents.context_calling import CallContext
from proposals.documents.faults import TemplateFault
from proposals.documents.render import render
from proposals.documents.template import compile_template
from tests.documents.building import template
from tests.documents.calling_samples import invitation
from tests.documents.samples import TEMPLATES

FORM = compile_template((TEMPLATES / "neutral" / "einladung.docx").read_bytes(), CallContext)


def check(data: Any, printed: Any = None) -> None:
    refuse_losses(render(FORM, printed or data), FORM, data, CallContext)


@pytest.mark.parametrize(
    "odd",
    [
        "Müller & Söhne",
        "a < b > c",
        "{{ 7*7 }} {% raw %} ]]>",
        "\x07Glocke\x0c und \ud800 halb",
        "zwei\nZeilen\tund ein Tab",
        "\u202everkehrt\u202c herum 🚲",
        "Wort " * 120,
        "",
    ],
)
def test_whatever_somebody_types_as_a_title_stands_in_the_invitation(odd: str) -> None:
    data = invitation()
    data["oeffentlich"][0]["titel"] = odd
    check(data)


def test_a_text_that_got_lost_is_named_with_its_place() -> None:
    data = invitation()
    data["nichtoeffentlich"][0]["titel"] = "Der Verkauf des Bauhofs"
    lost = "nichtoeffentlich.titel: Der Text „Der Verkauf des Bauhofs“ fehlt im fertigen Dokument."
    with pytest.raises(TemplateFault, match=lost):
        check(data, {**data, "nichtoeffentlich": []})
    with pytest.raises(TemplateFault, match="hinweise: Der Text „Die Ladungsfrist"):
        check(data, {**data, "hinweise": []})


def test_what_a_house_prints_under_a_condition_of_its_own_it_may_leave_out() -> None:
    data = {**invitation(), "entwurf": False}
    own = compile_template(
        template("{% if entwurf %}{{ art }}{% endif %}", "{% if ort %}{{ ort }}{% endif %}"),
        CallContext,
    )
    refuse_losses(render(own, data), own, data, CallContext)
    nowhere = {**data, "ort": ""}
    with pytest.raises(TemplateFault, match="ort: Der Text"):
        refuse_losses(render(own, nowhere), own, data, CallContext)


def test_what_a_template_never_names_it_may_leave_out() -> None:
    check({**invitation(), "art_gross": "NIRGENDS ZU SEHEN"})
