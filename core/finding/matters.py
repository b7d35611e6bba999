"""What of a scheme a question is after: the sum, the papers, the days of the notice, the place."""

import re
from enum import StrEnum


class Matter(StrEnum):
    """One thing every scheme may say something about."""

    NOTICE = "notice"
    OBJECTION = "objection"
    PLACES = "places"
    AGAIN = "again"
    CHEATING = "cheating"
    PAPERS = "papers"
    HOW_LONG = "how_long"
    WHEN = "when"
    AMOUNT = "amount"
    DECIDES = "decides"
    STEPS = "steps"
    WHERE = "where"
    SCORING = "scoring"
    DUTIES = "duties"
    BASIS = "basis"
    WHO = "who"


# The first that fits is meant: the particular before the general.
PATTERNS: tuple[tuple[Matter, re.Pattern[str]], ...] = tuple(
    (matter, re.compile(pattern))
    for matter, pattern in (
        (Matter.OBJECTION, "异议|有意见|不服|举报|匿名|实名|反映问题|检举|顶替|递补|补上"),
        (Matter.NOTICE, "公示|贴出来|挂网|公布几天|公告"),
        (
            Matter.PLACES,
            "名额|每批|一批|多少人|评几|选几|几家|多少家|报几|报满|满员|额满|指标|比例|几对",
        ),
        (
            Matter.AGAIN,
            "还能再|能再|再领|再报|再申请|重复|两次|二次|一次吗|每年都|几次|多次|同时|一起报|都报|都领|"
            "领过|报过|评过|得过|又考|第二个",
        ),
        (
            Matter.CHEATING,
            "造假|作假|虚假|骗|冒领|追回|退回|退钱|取消资格|收回|处罚|后果|撒谎|黑名单",
        ),
        (
            Matter.PAPERS,
            "材料|带什么|带啥|交什么|交啥|证明|表格|填什么|填啥|几份|申报表|申请表|要什么证|哪些表|承诺书|"
            "盖章|复印件|照片|截图|手续",
        ),
        (
            Matter.HOW_LONG,
            "多久|几天|多长时间|多少天|什么时候能到|到账|几时到|多快|时限|几个工作日|等多|拖多",
        ),
        (
            Matter.WHEN,
            "什么时候|啥时候|几月|几号|截止|时间|哪天|开始报|还能报|过期|几时|开放|现在能|今年能|每年几|"
            "几年一|多久一|何时",
        ),
        (
            Matter.AMOUNT,
            "多少钱|几多钱|给钱|有钱|几钱|补多少|领多少|奖多少|给多少|拿多少|发多少|多少|几块|几千|几万|"
            "奖金|补助|补贴|经费|金额|标准|待遇|好处|奖励|报销|津贴|资助|有奖|什么用|优惠|免费|要钱|收费",
        ),
        (
            Matter.DECIDES,
            "谁来?(?:批|审|定|决定|做主)|谁来评|谁说了算|审批|哪个批|谁决定|最后谁|谁评|归谁管",
        ),
        (
            Matter.STEPS,
            "流程|步骤|哪一步|几步|程序|怎么审|怎么走|下一步|环节|审核|初审|怎么选|怎么评",
        ),
        (Matter.SCORING, "打分|评分|分数|怎么算分|加分|多少分|占比|投票"),
        (Matter.DUTIES, "以后要|之后要|评上后|义务|考核|总结|年报|验收|检查"),
        (
            Matter.WHERE,
            "哪里|哪儿|在哪|去哪|找谁|找哪|如何申|如何报|如何领|哪个部门|怎么报|怎么申请|怎么申报|咋申请|咋报|报名|交到|电话|"
            "联系|网站|网址|入口|窗口|怎么领|怎么办|自己报|直接报|问谁",
        ),
        (Matter.BASIS, "文件|依据|规定在|第几条|哪条|政策原文|文号|还有效|作废|新规"),
        (
            Matter.WHO,
            "条件|要求|资格|能不能|可不可以|可以吗|能吗|行吗|行不行|算不算|算吗|能报|能申请|能领|能评|"
            "要会员|年龄|岁|学历|职称|文凭|限制|哪些人|什么人|范围|符合|够不够|要不要",
        ),
    )
)


def without_matter(asked: str) -> str:
    """What is left of a plain question without the words for what it is after."""
    for _, pattern in PATTERNS:
        asked = pattern.sub(" ", asked)
    return asked


def matters(asked: str) -> list[Matter]:
    """What a plain question is after, the likeliest first; several may be meant."""
    return [matter for matter, pattern in PATTERNS if pattern.search(asked)]


ASKING = re.compile(
    r"[?？]|吗|呢|怎么|怎样|如何|咋|多少|几[天个号年月次份岁家人块千万]|什么|啥|哪|谁|为何|为什么|能不能|可不可以|"
    r"是不是|有没有|要不要|会不会|算不算|行不行|多久|何时|可以.{0,6}$|能.{0,4}吗"
)


def asks(asked: str) -> bool:
    """Whether a plain text is a question at all."""
    return bool(ASKING.search(asked))
