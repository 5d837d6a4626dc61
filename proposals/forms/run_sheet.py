"""Forms of the run sheet: one field for a result, one for a block of items, one for the note."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.safestring import SafeString

from ..rules.cleaning import clean_html
from ..rules.errors import RuleViolation
from ..rules.results import CHANGED, LATER
from ..rules.text import typed_to_html
from ..selectors.run_items import Row
from ..selectors.run_sheet import Sheet
from ..services.agenda import NoteAnswer
from ..services.results import BlockAnswer, ResultAnswer
from .fields import Paragraphs, PlainText, RichText
from .kern import quiet
from .lines import Line, read_line


class LineForm(forms.Form):
    """The whole result of an item in one field; the rest appears where it is asked for.

    `seen` holds what the server has already shown as a sentence: without JavaScript the first
    Enter shows it, the second one saves.
    """

    mark_optional = False

    result = PlainText(label="Ergebnis", max_length=120, widget=quiet(enterkeyhint="send"))
    reason = PlainText(label="Begründung", max_length=400, required=False, widget=quiet())
    text = PlainText(label="Wer gewählt oder benannt ist", max_length=2000, required=False)
    wording = RichText(label="Der ganze Wortlaut, wie er gefasst wurde", required=False, rows=6)
    repeats = forms.BooleanField(
        label="Die Abstimmung wurde wiederholt; die erste bleibt vermerkt", required=False
    )
    seen = PlainText(label="Gesehen", required=False, widget=forms.HiddenInput)
    request_key = forms.UUIDField(label="Kennung des Absendens", widget=forms.HiddenInput)
    revision = forms.IntegerField(label="Bearbeitungsstand", widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, row: Row, sheet: Sheet) -> None:
        self.row, self.sheet = row, sheet
        initial = {
            "result": row.abbreviation,
            "text": row.item.result_text,
            "wording": own_wording(row),
            "reason": LATER if row.lacks_reason else "",
            "revision": row.item.revision,
            "request_key": uuid4(),
        }
        super().__init__(data, auto_id=f"top-{row.item.pk}-%s", initial=initial)
        self.asked: set[str] = set()
        # it stands beside the wording that it changes, away from the form it belongs to
        self.fields["wording"].widget.attrs["form"] = f"line-{row.item.pk}"
        self.fields["result"].widget.attrs["aria-describedby"] = f"said-{row.item.pk}"
        if not row.may_keep:
            self.fields["result"].disabled = True

    def shows(self, name: str) -> bool:
        """Answer whether a field beside the result stands open: asked for, filled in or wrong."""
        field = self[name]
        return name in self.asked or bool(field.errors) or bool(field.value())

    @property
    def shows_reason(self) -> bool:
        """Answer whether the reason stands open."""
        return self.shows("reason")

    @property
    def shows_text(self) -> bool:
        """Answer whether the text of an election stands open."""
        return self.shows("text")

    @property
    def shows_wording(self) -> bool:
        """Answer whether the committee's own wording stands open: it is another one, or wrong."""
        typed = clean_html(typed_to_html(self["wording"].value() or ""))
        return bool(self["wording"].errors) or typed != _motion(self.row)

    @property
    def complaints(self) -> list[str]:
        """Return everything that is wrong, once each."""
        return [str(error) for errors in self.errors.values() for error in errors]

    def ask_for(self, name: str, value: str = "") -> None:
        """Show a field that a rule asked for, with words that Enter accepts."""
        self.asked.add(name)
        self.fields[name].widget.attrs["data-wanted"] = True
        if value and not self.data.get(name):
            self._say(name, value)

    def know(self, row: Row) -> None:
        """Stand on what is recorded by now: the same again is meant for that."""
        self.row = row
        self._say("revision", str(row.item.revision))

    def confirm(self) -> None:
        """Remember what was shown as a sentence."""
        self._say("seen", self.cleaned_data["result"])

    def _say(self, name: str, value: str) -> None:
        self.data = {**{key: self.data.get(key) for key in self.data}, name: value}

    def read(self) -> Line:
        """Return what was typed as a result; raises RuleViolation where it is none."""
        typed = self.cleaned_data.get("result") or ""
        wording = self.cleaned_data.get("wording") or ""
        own = wording if wording != _motion(self.row) else ""
        return read_line(typed, self.row, self.sheet, own_wording=own)

    def answer(self) -> ResultAnswer:
        """Return the result; raises RuleViolation for what no rule can read."""
        data, line = self.cleaned_data, self.read()
        return line.answer(
            request_key=data["request_key"],
            revision=data["revision"],
            reason=data["reason"],
            text=data["text"],
            repeats=data["repeats"],
        )


class BlockForm(forms.Form):
    """One result for several items: "5-9 e"."""

    mark_optional = False

    block = PlainText(
        label="Mehrere TOP auf einmal",
        max_length=200,
        widget=quiet(enterkeyhint="send"),
        help_text="Zum Beispiel 5-9 e oder Ö 5, Ö 7 k",
    )
    key = forms.UUIDField(label="Kennung des Absendens", widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, sheet: Sheet) -> None:
        super().__init__(data, auto_id="run-block-%s", initial={"key": uuid4()})
        self.sheet = sheet

    def answer(self) -> BlockAnswer:
        """Return the result with a key for each item; raises RuleViolation for what is none."""
        rows, typed = read_block(self.cleaned_data["block"], self.sheet.rows)
        line = read_line(typed, rows[0], self.sheet)
        first: UUID = self.cleaned_data["key"]
        result = line.answer(request_key=first, revision=rows[0].item.revision)
        # each key follows from the form's own, so that a double click means the same votes
        keys = tuple(UUID(int=(first.int + step) % (1 << 128)) for step in range(len(rows)))
        return BlockAnswer(tuple(row.item.pk for row in rows), result, keys)


_PART = re.compile(
    r"(?:top\s*)?(?P<part>[ön]?)\s*(?P<first>\d+(?:\.\d+)?)"
    r"(?:\s*(?:-|–|bis)\s*(?:[ön]\s*)?(?P<last>\d+))?\s*(?P<more>,?)\s*",
    re.IGNORECASE,
)


def read_block(text: str, rows: Sequence[Row]) -> tuple[list[Row], str]:
    """Return the open items a block entry names, and the result typed for them.

    Raises RuleViolation where it names no item, or one that already has a result.
    """
    place, found, more = 0, [], True
    while more and (part := _PART.match(text, place)):
        first, last = part["first"], part["last"] or part["first"]
        span = [first] if first == last else range(int(float(first)), int(last) + 1)
        found += [_row_named(part["part"], str(number), rows) for number in span]
        place, more = part.end(), bool(part["more"])
    typed = text[place:].strip()
    if not found or not typed:
        raise RuleViolation("Bitte TOP und Ergebnis angeben, zum Beispiel 5-9 e.", field="block")
    if done := [row.item.number for row in found if row.item.outcome]:
        raise RuleViolation(
            f"Schon erfasst: TOP {', '.join(done)}. Bitte dort berichtigen.", field="block"
        )
    return found, typed


def _row_named(part: str, number: str, rows: Sequence[Row]) -> Row:
    """Return the item with a number; without "Ö" or "N" the public one comes first."""
    wanted = [f"{part.upper()} {number}"] if part else [number, f"Ö {number}", f"N {number}"]
    for name in wanted:
        named = [row for row in rows if row.item.number.replace("\u00a0", " ") == name]
        if len(named) > 1:
            raise RuleViolation(
                f"TOP {name} gibt es für mehrere Gremien. Bitte einzeln eingeben.", field="block"
            )
        if named:
            return named[0]
    raise RuleViolation(f"TOP {wanted[0]} gibt es auf dieser Tagesordnung nicht.", field="block")


BOTH, MINE = "both", "mine"


class NoteForm(forms.Form):
    """The text line for the minutes; `base` is the text that the typist started from.

    Where somebody else has saved another one, `keep` says whether both stand or `theirs` goes.
    """

    mark_optional = False

    text = Paragraphs(label="Vermerk für das Protokoll", required=False, rows=3)
    base = PlainText(label="Stand", required=False, widget=forms.HiddenInput)
    theirs = PlainText(label="Fremder Text", required=False, widget=forms.HiddenInput)
    keep = forms.ChoiceField(label="Was gilt", required=False, choices=[(BOTH, BOTH), (MINE, MINE)])

    def __init__(self, data: Any = None, *, row: Row) -> None:
        initial = {"text": row.item.note, "base": row.item.note}
        super().__init__(data, auto_id=f"note-{row.item.pk}-%s", initial=initial)
        self.fields["text"].widget.attrs["data-note"] = True
        self.row = row

    def text_again(self) -> SafeString:
        """Return the field for a page that shows an older text in it."""
        return self["text"].as_widget(attrs={"hx-swap-oob": "true"})

    def answer(self) -> NoteAnswer:
        """Return the note, over the text that it knowingly replaces or follows."""
        data = self.cleaned_data
        text, theirs = data["text"], _lines(data["theirs"])
        if data["keep"] == BOTH:
            text = f"{theirs}\n\n{text}"
        base = theirs if data["keep"] else data["base"]
        return NoteAnswer(self.row.item.pk, text, _lines(base))


def own_wording(row: Row) -> str:
    """Return the wording that the field shows: what the body carried, else the motion itself."""
    carried = row.item.result_wording if row.item.outcome in CHANGED and not row.changed else None
    return clean_html(carried.html) if carried else _motion(row)


def _motion(row: Row) -> str:
    return str(row.motion.html) if row.motion else ""


def _lines(text: str) -> str:
    """Return a text as it is stored: browsers send CRLF."""
    return text.replace("\r\n", "\n")
