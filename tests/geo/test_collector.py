from __future__ import annotations

import gc
import threading

import pytest

from geo.collector import at_rest, resting


@pytest.fixture(params=[True, False], ids=["collecting", "switched-off"])
def collecting(request):
    """Whether Python's own collector is on before; afterwards it is as it was."""
    was_on = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if was_on else gc.disable)()


def test_a_rest_leaves_the_collector_as_it_was(collecting):
    with at_rest():
        assert not gc.isenabled()
        assert resting()
        with at_rest():
            pass
        assert not gc.isenabled()
    assert gc.isenabled() == collecting
    assert not resting()


def test_a_rest_that_fails_is_over_all_the_same(collecting):
    with pytest.raises(ValueError, match="broken"), at_rest():
        raise ValueError("broken")
    assert gc.isenabled() == collecting


def test_the_last_of_several_threads_ends_the_rest(collecting):
    inside, go = threading.Event(), threading.Event()

    def rest():
        with at_rest():
            inside.set()
            go.wait(10)

    thread = threading.Thread(target=rest)
    with at_rest():
        thread.start()
        assert inside.wait(10)
    assert resting()
    assert not gc.isenabled()
    go.set()
    thread.join()
    assert gc.isenabled() == collecting
