"""What is listed as surviving is there, and has a reason. The mutants themselves: make mutation."""

from tests.mutation.queries import find_suspects, parses, read_survivors


def test_listed_mutants_exist_and_have_a_reason() -> None:
    suspects = {suspect.key: suspect for suspect in find_suspects("carry")}
    listed = read_survivors()
    assert len(listed) == 23
    assert set(listed) <= set(suspects)
    assert all(listed.values())
    assert all(parses(suspects[key]) for key in listed)
