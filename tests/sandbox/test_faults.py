from types import SimpleNamespace

import pytest

from sandbox.faults import Fault, Faults, FaultsError, read_faults


@pytest.mark.parametrize("text", ["{}", "[]", "null"])
def test_nothing_means_no_faults(text):
    assert read_faults(text) == []


def test_one_and_several_are_read():
    assert read_faults('{"status": 503, "share": 0.5}') == [Fault(status=503, share=0.5)]
    assert len(read_faults('[{"cut": true}, {"close": true, "role": "image"}]')) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nonsense", "not JSON"),
        ("5", "valid list"),
        ('{"status": "many"}', "status: "),
        ('{"colour": 1}', "colour: "),
        ("[{}]", "one of status"),
        ('{"share": 2, "cut": true}', "share: "),
        ('{"cut": true, "close": true}', "exclude one another"),
        ('{"cut": true, "retry_after": 3}', "needs a status"),
        ('{"role": "kitchen", "cut": true}', "role: "),
    ],
)
def test_what_cannot_be_understood_is_said_in_one_line(text, message):
    with pytest.raises(FaultsError, match=message) as refused:
        read_faults(text)
    assert "\n" not in str(refused.value)


def test_the_share_comes_from_the_seed():
    def struck(seed):
        faults = Faults([Fault(status=500, share=0.25)], seed)
        return [faults.strike("api") is not None for _ in range(400)]

    assert struck(1) == struck(1) != struck(2)
    assert 60 < sum(struck(1)) < 140


def test_faults_end_after_their_time(monkeypatch):
    clock = iter([10.0, 14.9, 15.0])
    monkeypatch.setattr("sandbox.faults.time", SimpleNamespace(monotonic=lambda: next(clock)))
    faults = Faults([Fault(status=500, seconds=5)], 1)
    assert [faults.strike("api") is not None for _ in range(2)] == [True, False]


def test_the_first_fault_that_applies_strikes():
    image, every = Fault(status=503, role="image"), Fault(status=500)
    faults = Faults([image, every], 1)
    assert faults.strike("image") == image
    assert faults.strike("api") == every
    faults.set([])
    assert faults.strike("api") is None
