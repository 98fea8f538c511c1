"""Child runs that are shown a part of the repository: what they see, what is counted, what comes back."""

from __future__ import annotations

from rlm_code.lm.protocol import Reply, Request, Text
from rlm_code.rlm import events
from tests.rlm.conftest import Ask
from tests.rlm.scripted import ScriptedLM, cell

LOOK = "print(repo.find('checkout')[0].text)"
SUBMIT = "submit('There [1].', [repo.find('checkout')[0]])"


def task_of(request: Request) -> str:
    (block, *_) = request.messages[0].content
    assert isinstance(block, Text)
    return block.text


def family(parent: str, *child: str) -> ScriptedLM:
    """A root whose first cell is `parent`, and children that run `child` one cell a turn."""

    def answer(request: Request) -> Reply:
        turn = len(request.messages) // 2
        if "Who calls charge_card?" not in task_of(request):
            return cell(child[min(turn, len(child) - 1)])
        return cell([parent, LOOK, SUBMIT][turn])

    return ScriptedLM(answer)


def printed(heard: list[events.Event], session: str = "") -> str:
    ended = [event for event in heard if isinstance(event, events.CellEnded) and event.session == session]
    return ended[0].result.output


def test_a_child_sees_the_part_that_it_is_given_and_the_whole_is_cited(ask: Ask) -> None:
    heard: list[events.Event] = []
    lm = family(
        "child = rlm_query('Where is checkout?', within='pkg/shop.py')\nprint(child.text)\n"
        "submit(child.text, child.citations)",
        "print([f.path for f in repo.files()], len(repo.search('charge_card').counts), repo.find('charge_card'))\n"
        "print(repo.file('pkg/shop.py').lines(4, 6))",
        "submit('Here [1].', ['pkg/shop.py:4-6'])",
    )
    answer = ask(lm, limits={"depth": 1}, on_event=heard.append)
    assert (answer.status, answer.answer) == ("complete", "Here [1].")
    assert printed(heard, "1").startswith("['pkg/shop.py'] 1 ")
    started = next(event for event in heard if isinstance(event, events.SessionStarted) and event.session == "1")
    assert "holds 1 file" in started.first_message
    assert "only a part of the repository, chosen for your task: pkg/shop.py." in started.first_message
    assert answer.citations[0].path == "pkg/shop.py"
    assert answer.coverage.read_by_sub_models == ("pkg/shop.py",)
    assert answer.coverage.files == 5
    assert answer.coverage.matched_unread == ()


def test_a_part_is_named_by_globs_handles_and_lists(ask: Ask) -> None:
    heard: list[events.Event] = []
    parts = "['pkg/', repo.file('README.md'), repo.find('checkout')[0], [repo.file('pkg/retry.py'), '*.md'], None]"
    lm = family(
        f"for reply in rlm_query_batched(['a', 'b', 'c', 'd', 'e'], within={parts}): print(reply)",
        "repo.search('a')\nsubmit(' '.join(f.path for f in repo.files()), incomplete='a list')",
    )
    ask(lm, limits={"depth": 1}, on_event=heard.append)
    everything = "README.md pkg/__init__.py pkg/payments.py pkg/retry.py pkg/shop.py"
    assert [line.removesuffix(" [cut off]") for line in printed(heard).splitlines()] == [
        "pkg/__init__.py pkg/payments.py pkg/retry.py pkg/shop.py",
        "README.md",
        "pkg/shop.py",
        "README.md pkg/retry.py",
        everything,
    ]


def test_a_child_of_a_child_sees_no_more_than_its_parent(ask: Ask) -> None:
    heard: list[events.Event] = []
    child = (
        "print(len(repo.files()))\nrepo.search('cart')\n"
        "if budget()['depth']['spent'] == 1:\n"
        "    print(rlm_query('Deeper', within='README.md'))\n"
        "    print(rlm_query('Deeper', within='*.py').text)\n"
        "submit(str(len(repo.files())), incomplete='a count')"
    )
    ask(family("print(rlm_query('Deep', within='pkg/').text)", child), limits={"depth": 2}, on_event=heard.append)
    assert printed(heard, "1").splitlines() == [
        "4",
        "[no answer: no child was started: 'README.md' means no file here]",
        "4",
    ]


def test_a_part_that_is_not_there_costs_nothing_and_spoils_no_batch(ask: Ask) -> None:
    heard: list[events.Event] = []
    lm = family(
        "for r in rlm_query_batched(['a', 'b'], within=['shpo/', 'pkg/shop.py']): print(r)",
        LOOK,
        "submit('Here [1].', [repo.find('checkout')[0]])",
    )
    answer = ask(lm, limits={"depth": 1}, on_event=heard.append)
    assert printed(heard).splitlines() == ["[no answer: no child was started: 'shpo/' means no file here]", "Here [1]."]
    assert answer.usage.calls == 3 + 2


def test_what_a_part_hides_is_no_blind_spot_of_the_whole(ask: Ask) -> None:
    lm = family(
        "print(rlm_query('Who?', within='pkg/payments.py'))",
        "print(repo.find('charge_card')[0].callers())\nsubmit('Nobody here.', incomplete='the rest')",
    )
    answer = ask(lm, limits={"depth": 1})
    assert not any("outside this part" in spot for spot in answer.coverage.blind_spots)


def test_what_is_not_in_a_part_may_be_in_the_whole(ask: Ask) -> None:
    """A child that finds nothing answers for its part; nobody has looked through the rest."""
    heard: list[events.Event] = []
    root = iter([cell("print(rlm_query('A refund?', within='README.md'))"), *[cell("submit('None.')")] * 3])
    child = cell("print(repo.search('refund'))\nsubmit('None in my part.')")
    lm = ScriptedLM(lambda asked: next(root) if "Who calls" in task_of(asked) else child)
    answer = ask(lm, limits={"depth": 1}, on_event=heard.append)
    ended = [(event.session, event.status) for event in heard if isinstance(event, events.SessionEnded)]
    assert ended == [("1", "complete"), ("", "partial")]
    assert "it cites nothing" in str(answer.reason)
