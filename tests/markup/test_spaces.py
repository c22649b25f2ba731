"""Where lines may end and where not."""

from bench.markup.spaces import NO_BREAK, one_line, together


def test_no_line_ends_inside_a_number_and_its_unit() -> None:
    assert together("95 % of sigma = 1, n") == f"95{NO_BREAK}% of sigma{NO_BREAK}={NO_BREAK}1, n"


def test_a_text_becomes_one_line_and_keeps_the_spaces_at_its_ends() -> None:
    assert one_line(f" two\n lines{NO_BREAK}\there ") == " two lines here "
