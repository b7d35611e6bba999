"""A question in other words finds its answer; one about something else finds none."""

from core.answers import Answer, find

LIBRARY = [
    (
        "aid",
        [
            Answer(
                ask=("老板拖欠工资，工会能免费帮我打官司吗？",),
                answer="能申请，而且免费。",
                cite="第二条",
            ),
            Answer(ask=("交了申请几天能给答复？",), answer="7日内给您答复。", cite="第二十一条"),
        ],
    ),
    ("join", [Answer(ask=("送外卖能加入工会吗？",), answer="能加入工会的。", cite="二（三）")]),
]


def cites(text: str) -> list[str]:
    return [found.answer.cite for found in find(text, LIBRARY)]


def test_the_answer_that_reads_most_alike_comes_first() -> None:
    assert cites("老板拖欠我工资，工会免费打官司吗")[0] == "第二条"
    assert cites("申请交了几天能答复")[0] == "第二十一条"
    assert cites("我送外卖的，可以加入工会吗")[0] == "二（三）"


def test_a_stranger_s_question_finds_nothing() -> None:
    assert cites("今天天气怎么样") == []
    assert cites("") == []
    assert cites("？！") == []


def test_no_more_than_asked_for() -> None:
    assert len(find("工会能免费吗", LIBRARY, most=1)) <= 1
