"""What goes into a slot comes out of it, also in another process."""

import os

import pytest

from fenmen.tagging.passing import NO_SLOT, put, slots, take

THING = {"正文": ["社工站开门。", b"\x00" * 300_000], "行": 7}


@pytest.mark.parametrize("shared", [True, False])
def test_a_thing_comes_out_as_it_went_in(shared):
    if shared and not hasattr(os, "memfd_create"):
        pytest.skip("no shared memory of this kind on this system")
    with slots(3, shared=shared) as places:
        told = [put(slot, (number, THING)) for number, slot in enumerate(places)]
        assert [take(slot, t) for slot, t in zip(places, told, strict=True)] == [
            (number, THING) for number in range(3)
        ]


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="Linux only")
def test_a_slot_is_used_again_and_closed_at_the_end():
    with slots(1, shared=True) as (slot,):
        assert put(slot, THING) > put(slot, "短")
        assert take(slot, put(slot, "短")) == "短"
    with pytest.raises(OSError, match="descriptor"):
        os.pread(slot, 1, 0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_what_a_forked_process_puts_is_seen_here():
    with slots(1, shared=True) as (slot,):
        size = len(THING["正文"][1])
        child = os.fork()
        if child == 0:
            put(slot, THING)
            os._exit(0)
        os.waitpid(child, 0)
        assert take(slot, 2 * size) == THING  # more than there is may be asked for


def test_without_a_slot_the_thing_itself_is_told():
    assert put(NO_SLOT, THING) is THING


def test_without_such_memory_the_pipe_has_to_do(monkeypatch):
    monkeypatch.delattr(os, "memfd_create", raising=False)
    with slots(2, shared=True) as places:
        assert places == [NO_SLOT, NO_SLOT]
