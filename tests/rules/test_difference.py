from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.difference import Op, Piece, text_difference, word_difference

WORDS = ("Anlaufstelle", "eine", "und", "der", ",", ".", "\n\n", "extern", "19,5", "Stunden", "a")
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))


def joined(pieces: list[Piece], *ops: Op) -> str:
    return "".join(piece.text for piece in pieces if piece.op in ops)


def test_a_changed_word_is_marked_and_the_rest_is_not() -> None:
    old = "Die Stelle wird von der Stadt getragen."
    new = "Die Stelle wird von einem externen Dienstleister getragen."
    assert word_difference(old, new) == [
        (Op.SAME, "Die Stelle wird von "),
        (Op.REMOVED, "der Stadt"),
        (Op.ADDED, "einem externen Dienstleister"),
        (Op.SAME, " getragen."),
    ]


def test_a_short_word_between_two_changes_does_not_break_them_up() -> None:
    pieces = word_difference("Soziales und Jugend", "Finanzen und Personal")
    assert pieces == [(Op.REMOVED, "Soziales und Jugend"), (Op.ADDED, "Finanzen und Personal")]


def test_a_longer_match_between_two_changes_stays() -> None:
    pieces = word_difference("rot bleibt hier", "blau bleibt dort")
    assert (Op.SAME, " bleibt ") in pieces


def test_equal_texts_are_one_piece_and_empty_ones_none() -> None:
    assert word_difference("gleich", "gleich") == [(Op.SAME, "gleich")]
    assert word_difference("", "") == []
    assert word_difference("", "neu") == [(Op.ADDED, "neu")]
    assert word_difference("alt", "") == [(Op.REMOVED, "alt")]


@given(texts, texts)
def test_the_pieces_give_back_both_texts(old: str, new: str) -> None:
    pieces = word_difference(old, new)
    assert joined(pieces, Op.SAME, Op.REMOVED) == old
    assert joined(pieces, Op.SAME, Op.ADDED) == new


@given(texts, texts)
def test_no_piece_is_empty_and_no_two_neighbours_say_the_same(old: str, new: str) -> None:
    pieces = word_difference(old, new)
    assert all(piece.text for piece in pieces)
    assert all(one.op != two.op for one, two in pairwise(pieces))


def test_a_long_text_is_compared_by_paragraphs_and_then_by_words() -> None:
    lines = [f"Absatz {number} sagt dies und das.\n" for number in range(3000)]
    changed = [*lines[:40], "Neuer Absatz.\n", *lines[40:]]
    changed[2000] = changed[2000].replace("dies", "jenes")
    old, new = "".join(lines), "".join(changed)
    pieces = text_difference(old, new)
    assert len(pieces) < 8
    assert "".join(text for op, text in pieces if op != Op.ADDED) == old
    assert "".join(text for op, text in pieces if op != Op.REMOVED) == new
    assert [text for op, text in pieces if op != Op.SAME] == ["Neuer Absatz.\n", "dies", "jenes"]
    assert all(one.op != other.op for one, other in pairwise(pieces))
    assert text_difference("a b", "a c") == word_difference("a b", "a c")


def test_blank_lines_are_no_reason_to_lay_two_long_texts_side_by_side() -> None:
    old, new = ("\n\n".join(f"{word}{n}" * 5 for n in range(1_500)) for word in ("alt", "neu"))
    assert text_difference(old, new) == [Piece(Op.REMOVED, old), Piece(Op.ADDED, new)]
    kept = f"\n\n{old}\n"
    assert text_difference(kept, kept) == [Piece(Op.SAME, kept)]
