from __future__ import annotations

from gui.print.flow import Frame, Piece, gap, pages_of


def drawn_nowhere(_painter, _x, _y):
    pass


def piece(height, **more):
    return Piece(height, drawn_nowhere, **more)


ONE_COLUMN = Frame(top=0, bottom=100, lefts=(0,), width=50)
TWO_COLUMNS = Frame(top=0, bottom=100, lefts=(0, 60), width=50)


def test_pieces_fill_a_column_then_the_next_then_the_next_page():
    pages = pages_of([piece(60) for _ in range(3)], TWO_COLUMNS)
    assert [[(x, y) for _, x, y in page] for page in pages] == [[(0, 0), (60, 0)], [(0, 0)]]


def test_what_belongs_together_moves_together():
    title, row = piece(30, keep=True), piece(30)
    pages = pages_of([piece(50), title, row], ONE_COLUMN)
    assert [p for p, _, _ in pages[1]] == [title, row]


def test_the_head_of_a_table_is_repeated_where_its_rows_go_on():
    head = piece(10)
    rows = [piece(30, head=head) for _ in range(5)]
    pages = pages_of(rows, ONE_COLUMN)
    assert [page[0][0] for page in pages] == [head, head]
    assert sum(p is not head for page in pages for p, _, _ in page) == 5


def test_what_is_higher_than_a_column_is_taken_apart():
    pages = pages_of([piece(40, keep=True) for _ in range(6)], ONE_COLUMN)
    assert [len(page) for page in pages] == [2, 2, 2]


def test_nothing_reaches_below_its_column():
    heights = [17, 33, 8, 45, 29, 90, 3, 60]
    for page in pages_of([piece(h) for h in heights], TWO_COLUMNS):
        assert all(y + p.height <= 100 for p, _, y in page)


def test_a_column_does_not_begin_with_a_gap():
    pages = pages_of([piece(95), gap(3), piece(50)], ONE_COLUMN)
    assert pages[1][0][2] == 0


def test_nothing_makes_no_page():
    assert pages_of([], ONE_COLUMN) == []


def test_a_gap_at_the_end_makes_no_empty_page():
    assert len(pages_of([piece(95), gap(3)], ONE_COLUMN)) == 1
