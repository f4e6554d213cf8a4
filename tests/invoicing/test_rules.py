from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from lle_desk.core.money import BasisPoints, Pence, vat_on
from lle_desk.invoicing.rules import (
    BilledLine,
    LineValues,
    address_for,
    credit_fault,
    credit_lines,
    customer_number,
    number_words,
    numbers_words,
    order_words,
    read_words,
    split_for_vat,
    totals,
    vat_words,
    write_words,
)

pence = st.integers(-10_000_000, 10_000_000).filter(bool).map(Pence)
rates = st.sampled_from([0, 500, 1_500, 1_750, 2_000]).map(BasisPoints)


def billed(net: Pence, rate: BasisPoints, given_back: int = 0, vat_back: int = 0) -> BilledLine:
    vat = vat_on(net, rate)
    day = date(2014, 3, 4)
    back = (Pence(given_back), Pence(vat_back))
    return BilledLine(1, 1, "Lunch", day, 1, net, net, vat, "S", rate, "", *back)


def test_numbers_have_six_digits_and_more_when_there_are_more() -> None:
    assert number_words("INV", 1) == "INV-000001"
    assert number_words("CRN", 1_234_567) == "CRN-1234567"
    assert numbers_words("INV", 4, 3) == "INV-000004 to INV-000006"
    assert numbers_words("INV", 4, 1) == "INV-000004"
    assert numbers_words("INV", 4, 0) == ""


def test_vat_codes_have_their_words_beside_them() -> None:
    assert vat_words("S", BasisPoints(2_000)) == "standard rate 20 %"
    assert vat_words("S", BasisPoints(1_750)) == "standard rate 17.5 %"
    assert vat_words("E", BasisPoints(0)) == "exempt"


def test_a_customer_number_names_the_school_s_urn() -> None:
    assert customer_number(522, 999_902) == "C-00522 · URN 999902"
    assert customer_number(522, None) == "C-00522"


def test_an_address_fits_the_window_of_the_envelope() -> None:
    short = address_for("Demo Academy", ("2 Example Road", "", ""), "Exampleton", "ZZ99 9ZZ")
    assert short == ("Finance office", "Demo Academy", "2 Example Road", "EXAMPLETON", "ZZ99 9ZZ")
    long = address_for("Demo Academy", tuple("abcd"), "Exampleton", "ZZ99 9ZZ")
    assert (len(long), long[0], long[-1]) == (6, "Demo Academy", "ZZ99 9ZZ")
    assert address_for("Demo Ltd", (), "", "") == ("Finance office", "Demo Ltd")


def test_a_long_name_has_two_lines_of_the_window() -> None:
    name = "Demo St Example's Church of England Voluntary Aided Primary School"
    lines = address_for(name, ("2 Example Road", "Hamlet", ""), "Exampleton", "ZZ99 9ZZ")
    assert lines == (name, "2 Example Road", "Hamlet", "EXAMPLETON", "ZZ99 9ZZ")


def test_orders_are_listed_as_far_as_they_fit() -> None:
    assert order_words(["PO 1", "", "PO 1", "PO 2"]) == "PO 1, PO 2"
    assert order_words(["", ""]) == ""
    assert order_words([f"PO {n:010d}" for n in range(9)]) == "9 orders, see the lines"


def test_frozen_words_are_read_as_they_were_written() -> None:
    words = {"payee": "County: Council", "email": "", "reason": "two\nlines"}
    assert read_words(write_words(words)) == {"payee": "County: Council", "reason": "two lines"}
    assert read_words("Lancashire County Council") == {}


@given(pence, rates)
def test_a_whole_credit_mirrors_its_line(net: Pence, rate: BasisPoints) -> None:
    line = billed(net, rate)
    [credit] = credit_lines(line, net)
    assert (credit.net, credit.vat) == (-net, -line.vat)


@given(st.integers(2, 1_000_000), rates, st.data())
def test_parts_of_a_line_come_to_the_line(
    whole: int, rate: BasisPoints, data: st.DataObject
) -> None:
    net = Pence(whole)
    part = Pence(data.draw(st.integers(1, whole - 1)))
    first = billed(net, rate)
    assert credit_fault(first, part) == ""
    back = totals(credit_lines(first, part))
    rest = billed(net, rate, -back[0], -back[1])
    last = totals(credit_lines(rest, rest.left))
    assert back[0] + last[0] == -net
    assert abs(back[1] + last[1] + first.vat) <= (0 if rest.left > 5 else 1)


@given(st.integers(6, 1_000_000).map(Pence), rates, st.integers(-1, 1))
def test_a_split_comes_to_the_same_net(net: Pence, rate: BasisPoints, off: int) -> None:
    parts = split_for_vat(net, Pence(vat_on(net, rate) + off), rate)
    assert sum(parts) == net
    assert all(parts)


def test_more_than_is_left_of_a_line_is_refused() -> None:
    line = billed(Pence(1_000), BasisPoints(2_000), 400, 80)
    assert credit_fault(line, Pence(600)) == ""
    for net in (601, 0, -1):
        assert "at most £6.00" in credit_fault(line, Pence(net))
    assert "in full already" in credit_fault(billed(Pence(5), BasisPoints(0), 5), Pence(1))


def test_a_total_is_the_sum_of_rounded_lines() -> None:
    lines = [
        LineValues("", "", date(2014, 3, 4), 1, Pence(price), "S", BasisPoints(2_000), "")
        for price in (2, 3)
    ]
    assert totals(lines) == (5, 1)
