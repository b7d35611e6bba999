"""What of a scheme a question is after: the sum, the papers, the days of the notice, the place."""

import re
from enum import StrEnum

from core.finding.plain import terms


class Matter(StrEnum):
    """One thing a scheme may say something about. The first eighteen are parts of a file."""

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
    PAYING = "paying"
    CONTACT = "contact"
    # What may stand in any part.
    ACCOUNT = "account"
    TAX = "tax"
    PROXY = "proxy"
    DEATH = "death"
    MOVED = "moved"
    RETIRED = "retired"
    LATE = "late"
    REFUSED = "refused"
    TOLD = "told"
    COST = "cost"
    USE = "use"
    ONLINE = "online"
    SEAL = "seal"
    MEMBER = "member"
    AGE = "age"
    NO_UNION = "no_union"
    HOME = "home"
    STANDING = "standing"
    FIRST = "first"
    PRIVACY = "privacy"
    EXAM = "exam"
    YEARLY = "yearly"
    LASTING = "lasting"
    MEANING = "meaning"
    REAL_NAME = "real_name"


# How it is asked for. The first that fits is meant most: the particular before the general.
ASKED: tuple[tuple[Matter, str], ...] = (
    (Matter.AMOUNT, "还是实物|实物还是|是实物"),
    (Matter.TAX, "(?:交|缴|扣|免|上|要)[^，。]{0,3}税|个人所得税|个税|所得税|税后|税前"),
    (Matter.MEANING, "什么叫|啥叫|啥是|叫什么意思|什么意思|指什么|是指哪|指的是|怎么算是|怎么才算"),
    (Matter.REAL_NAME, "匿名|实名|真名|真姓名|真实姓名|署名|不留名|留名字|透露名字"),
    (
        Matter.OBJECTION,
        "异议|有意见|提意见|不服|举报|反映|检举|投诉|顶替|递补|补上|申诉|复议",
    ),
    (Matter.CONTACT, "电话|联系方式|怎么联系|联系哪|联系谁|问谁|问哪|去哪里?问|找谁问|咨询"),
    (Matter.WHERE, "交到|交给谁|报给谁|交哪|寄到|送到哪|哪里交|交去"),
    (
        Matter.PROXY,
        "代办|代领|代交|代报|代签|委托|[替代帮]我|替[^，。]{1,4}[办交报领申]|家里?人[^，。]{0,3}办",
    ),
    (
        Matter.DEATH,
        "人(?:走|没)了|去世|过世|不在了|死了|死亡|身故|家属[^，。]{0,3}[领拿]|家里?人[^，。]{0,4}[领拿要]",
    ),
    (
        Matter.MOVED,
        "换(?:了|个)?(?:单位|公司|工作|厂|地方)|跳槽|离职|辞职|辞了|调走|调动|调离|调到|离开|不干了|走人|换人|换了|变了",
    ),
    (Matter.RETIRED, "退休|退了"),
    (Matter.NO_UNION, "(?:没有?|还没|未)[^，。]{0,3}(?:工会|建会)"),
    (Matter.NOTICE, "公示|贴出来|[贴挂][^，。]{0,3}名单|张榜|挂网|公布几天|公告|贴几天"),
    (
        Matter.PLACES,
        "名额|每批|一批|多少人|评几|选几|几家|多少家|多少个|报几[个名人项家]|几个名|报满|满员|额满|满额|名额满|指标|"
        "几对|评多少|选多少|打造几个|建几个|几[个项名家]$|限几",
    ),
    (
        Matter.TOLD,
        "通知我|告诉我|通知(?:本人|单位)|怎么知道|会通知|有人通知|给个?答复|书面回复|回复",
    ),
    (
        Matter.REFUSED,
        "退回来|被退|打回|驳回|没通过|没批|不批|不通过|没过|不过关|没评上|评不上|落选|补正|改材料|还能改|没落实|"
        "重新交|被拒|不合格|不达标|不给批|不受理",
    ),
    (
        Matter.LATE,
        "过期|过了|晚了|迟到|迟交|错过|没赶上|赶不上|逾期|超期|补报|补交|来得及|忘了|还能补",
    ),
    (
        Matter.YEARLY,
        "每年都|每年有|每年办|几年一|多久一|每年几|今年还有|以后还|明年还|多久(?:评|办|调|搞|报)|"
        "一年[^，。]{0,3}几[次场批期]|几年评",
    ),
    (
        Matter.AGAIN,
        "还能再|能再|再领|再报|再申请|再评|再拿|重复|(?<!分)两次|二次|一次吗|每年都能|几次|多次|同时|一起报|"
        "都报|都领|领过|报过|评过|(?<!考)得过|拿过|又考|第二个|两个都|冲突|兼得|叠加",
    ),
    (
        Matter.CHEATING,
        "造假|作假|抄袭|抄别人|抄的|作弊|刷课|挂机|虚假|骗|冒领|追回|退回|退钱|取消资格|收回|处罚|后果|撒谎|黑名单|摘牌|撤销|罚",
    ),
    (Matter.SEAL, "盖[^，。]{0,5}章|公章|签字|盖印"),
    (Matter.ONLINE, "网上|网站|网址|哪个平台|线上|手机|手机办|app|小程序|公众号|邮寄|寄"),
    (
        Matter.PAPERS,
        "材料|带什么|带啥|[交填报](?:什么|啥|哪些)|证明|表格|几份|申报表|申请表|要什么证|哪些表|承诺书|"
        "复印件|照片|截图|手续|多少字|几个字|字数",
    ),
    (Matter.ACCOUNT, "钱打|打到|发到|钱到|打卡|现金|银行卡|哪张卡|谁的卡|账户"),
    (
        Matter.AMOUNT,
        "(?:给|发|拨|补|奖|领|拿|能得)多少|多少(?:经费|奖金|补助|补贴|津贴)|(?<![交出掏])多少钱",
    ),
    (
        Matter.PAYING,
        "到账|[钱款金牌].{0,4}(?:什么时候|几时|啥时候|哪天|多久)|"
        "(?:什么时候|几时|啥时候|哪天|多久).{0,4}(?:[发拨]|给钱)|[一分]次.{0,2}[给付发拨]|分几次|分两次|先拨|事前|建完再给",
    ),
    (
        Matter.COST,
        "自己出|自己掏|自掏|要交钱|收费|交多少钱|要钱|收钱|花钱|费用|免费|谁出|谁掏|谁来出|配套|自筹|掏|"
        "从哪(?:里|儿)?(?:出|来)|哪里出|哪出|配多少钱",
    ),
    (
        Matter.USE,
        "(?:钱|费|补助|补贴|资金|款)[^，。]{0,6}(?:用在|用于|用来|怎么用|花|买|发(?!给|到)|干啥|做什么|做啥|请客)|"
        "请客|请[^，。]{0,3}吃饭|加班费|装修|买设备|能不能买|开支|列支|花在|能买",
    ),
    (
        Matter.LASTING,
        "管几年|有效期|用几年|用多久|几年[^，。]{0,3}换|连着[^，。]{0,4}几年|管多久|能用多久|保留几年|终身|一直|住多久|服务几年|干几年|要[^，。]{0,6}几年",
    ),
    (
        Matter.HOW_LONG,
        "周末|节假日|工作日|多久|几天|多长时间|多少天|什么时候能到|几时到|多快|时限|几个工作日|等多|拖多|多长",
    ),
    (
        Matter.WHEN,
        "什么时候|啥时候|几月|几号|截止|时间|哪天|哪个月|哪月|开始报|几时|开放|现在能|今年能|最晚|最迟|何时",
    ),
    (Matter.AGE, "岁|年龄|年纪|我(?:今年)?[0-9一二三四五六七八九十]{2,3}了"),
    (Matter.MEMBER, "会员|入会"),
    (Matter.HOME, "户口|户籍|外地|本地人|外省|居住证|非本地"),
    (Matter.FIRST, "优先|照顾|倾斜|加分|沾光"),
    (Matter.PRIVACY, "公开我|我的信息|个人信息|泄露|保密|隐私|名字会|看到|知道是我|谁能看"),
    (Matter.EXAM, "考试|面试|答辩|笔试|当面"),
    (Matter.SCORING, "打分|评分|分数|怎么算分|多少分|占比|投票|各占|占多少|几票"),
    (
        Matter.AMOUNT,
        "多少钱|几多钱|给不给钱|没有钱|给钱|有钱|几钱|补多少|领多少|奖多少|给多少|拿多少|发多少|拿到多少|得到多少|有多少钱|几块|几千|几万|"
        "奖金|补助|补贴|经费|金额|标准|待遇|好处|奖励|报销|津贴|资助|有奖|什么用|优惠|资金|实物|封顶|最高|最多|(?:有|发)[^的，。]{0,3}(?:证|牌|贷款)|什么证|能用来|"
        "多少比例",
    ),
    (
        Matter.DECIDES,
        "谁来?(?:批|审|定|决定|做主)|谁来评|谁说了算|拍板|点头|审批|哪个批|谁决定|最后谁|谁评|归谁管|批准",
    ),
    (
        Matter.STEPS,
        "流程|步骤|哪一步|几步|程序|怎么审|怎么走|下一步|环节|审核|初审|怎么选|怎么评|谁推荐|推荐我|表决",
    ),
    (
        Matter.DUTIES,
        "以后要|之后要|(?:以后|之后|评上后)[^，。]{0,2}[要做]|还要做|要做[哪什啥]|义务|考核|总结|年报|验收|检查|报告",
    ),
    (
        Matter.WHERE,
        "哪里|哪儿|在哪|去哪|找谁|找哪|如何申|如何报|如何领|哪个部门|怎么报|怎么申请|怎么申报|咋申请|咋报|报名(?:$|方式|地|入口)|(?:怎么|如何|咋|在哪)报名|"
        "交到|交给谁|入口|窗口|怎么领|自己报|直接报|哪一级",
    ),
    (Matter.BASIS, "文件|依据|规定在|第几条|哪条|政策原文|文号|还有效|作废|新规|算数|管用"),
    (
        Matter.STANDING,
        "农民工|劳务公司|派来的?|劳务派遣|派遣|外包|临时工|合同工|灵活就业|骑手|个体户|事业单位|公务员|机关|私企|民企|非公|学生|农民",
    ),
    (
        Matter.WHO,
        "条件|要求|资格|能不能|可不可以|可以吗|能吗|行吗|行不行|算不算|算吗|能报|能申请|能领|能评|"
        "学历|职称|文凭|限制|哪些人|什么人|范围|符合|够不够|要不要|必须",
    ),
)

# What any follow-up may say.
FILLER = re.compile(
    "怎么处理|算不算|或者|还是|是|申请|申报|办理|这个|那个|这项|那项|今年|单位|项目|补助|工会|家里人|家人|这|那|个人|人家|还|就|都|也|来|去|上|得|到|给|做|交|报|拿"
)
PARTS = frozenset(list(Matter)[:18])
PATTERNS = tuple((matter, re.compile(pattern)) for matter, pattern in ASKED)


# As it is said in Yunnan, and as the patterns and the files have it.
DIALECT = {
    "好多": "多少",
    "几多": "多少",
    "咋个": "怎么",
    "咋整": "怎么办",
    "整哪样": "做什么",
    "哪样": "什么",
    "哪点": "哪里",
    "哪个点": "哪里",
    "没得": "没有",
    "莫得": "没有",
    "给行": "行不行",
    "给能": "能不能",
    "给会": "会不会",
    "给要": "要不要",
    "给是": "是不是",
    "给有": "有没有",
    "给可以": "可不可以",
    "得不得行": "行不行",
    "要得不": "行不行",
    "喊": "叫",
}
SAID_SO = re.compile("|".join(DIALECT))


def common(asked: str) -> str:
    """A plain question in words that everybody uses."""
    return SAID_SO.sub(lambda found: DIALECT[found[0]], asked)


def without_matter(asked: str) -> str:
    """What is left of a plain question without the words for what it is after."""
    for matter, pattern in PATTERNS:
        if matter in PARTS:
            asked = pattern.sub(" ", asked)
    return asked


def rest(asked: str) -> str:
    """What a plain question asks beside its matters and the words of every question."""
    for _, pattern in PATTERNS:
        asked = pattern.sub(" ", asked)
    return FILLER.sub(" ", asked)


def matters(asked: str, named: str = "") -> list[Matter]:
    """What a plain question is after, the likeliest first; several may be meant.

    A word out of the scheme's own names (`named`) tells less than the others.
    """
    found = [(matter, hit[0]) for matter, pattern in PATTERNS if (hit := pattern.search(asked))]
    return list(
        dict.fromkeys(matter for matter, _ in sorted(found, key=lambda each: each[1] in named))
    )


def says_more(asked: str) -> bool:
    """Whether a plain question names anything beside its matters: 人走了家属能领吗 does not."""
    return any(len(term) == 2 for term in terms(rest(asked)))


ASKING = re.compile(
    r"[?？]|吗|呢|怎么|怎样|如何|咋|多少|几[天个号年月次份岁家人块千万]|什么|啥|哪|谁|为何|可不可以|"
    r"(.)不\1|..不$|有没有|多久|何时|可以.{0,6}$|能.{0,4}吗"
)


AT_LARGE = re.compile(
    "什么样|哪种人|哪样人|哪些|什么人|啥人|条件|(?:什么|啥|何|个|额外)要求|^要求|要求(?:$|是)|资格|谁能|谁可以|"
    "谁来|哪个能|符合|范围|限制"
)


def asks_at_large(asked: str) -> bool:
    """Whether a plain question wants to hear all there is, not of one thing."""
    return bool(AT_LARGE.search(asked))


def asks(asked: str) -> bool:
    """Whether a plain text is a question at all."""
    return bool(ASKING.search(asked))
