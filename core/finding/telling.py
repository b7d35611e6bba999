"""How a scheme file tells of a matter, in whatever part the sentence stands."""

import re

from core.finding.matters import Matter

# What is not here stands in its own part only.
SAID: tuple[tuple[Matter, str], ...] = (
    (Matter.TAX, "税"),
    (Matter.MEANING, "是指|包括|包含|按.{1,20}理解|含"),
    (Matter.REAL_NAME, "实名|匿名|真名|署名"),
    (Matter.OBJECTION, "异议|举报|实名|匿名|投诉|反映问题|反映情况|复查|申诉|递补"),
    (Matter.PROXY, "代办|代为|代理|委托|监护人|代填|代领|近亲属|家属|亲属"),
    (Matter.DEATH, "去世|死亡|身故|遗属|家属|近亲属|健在|牺牲|丧"),
    (Matter.MOVED, "调离|调动|更换|离职|变更|换单位|变动|离开|调入|转移|退出|服务年限|在岗"),
    (Matter.RETIRED, "(?<!临近)退休"),
    (Matter.NO_UNION, "建立.{0,4}工会|成立.{0,4}工会|没有.{0,3}工会|建会|组建工会|工会组织健全"),
    (Matter.NOTICE, "公示"),
    (
        Matter.PLACES,
        "名额|人次|不(?:超过|少于)\\d+[个名家项对]|每[年次批届]\\S{0,8}\\d+[个名家项]|推荐\\d|\\d+[个名家人]",
    ),
    (Matter.TOLD, "通知|告知|告诉|书面|答复|回复"),
    (
        Matter.REFUSED,
        "不符合|取消|补正|退回|不予|不合格|未通过|没通过|没过|整改|重新[申报提选认]|不再|不批准|不受理|理由|降[级星]",
    ),
    (Matter.LATE, "逾期|迟|截止|期限|当年|不再受理|过期|以内|年内|日内|月内|超过"),
    (
        Matter.AGAIN,
        "重复|同时|再次|再申请|再报|只能[享申报领]|只报|一个年度|别的专项|叠加|不再享受|每年.{0,4}[一1]次|"
        "[领获得用命]过|以前没有|没有得|累计",
    ),
    (
        Matter.CHEATING,
        "虚假|弄虚作假|剽窃|侵夺|作弊|刷课|撤销(?:称号|奖|资格|命名)|收回|造假|骗|违规|违纪|追回|摘牌|处分|失信|诚信|不得申报",
    ),
    (Matter.SEAL, "盖章|公章|签字|加盖|签章|签署"),
    (Matter.ACCOUNT, "银行|现金|转账|存折|社保卡|账户"),
    (
        Matter.PAYING,
        "拨付|发放|一次性|首拨|余款|拨|后补助|事后|到账|兑现|尾款",
    ),
    (
        Matter.COST,
        "收费|免费|自筹|从.{1,24}(?:经费|资金|费)(?:里|中|列)|工会经费|(?<!相)配套|出资|承担|自行|自费|负担|费用|不收|自付|经费来源|列支|经费由",
    ),
    (Matter.USE, "用于|开支|列支|使用|不得用|专款|支出|购置|装修"),
    (Matter.YEARLY, "一年[一二两三四]次|每年|每两年|每[二三四五2345]年|年度|每届|每批|每半年|每季"),
    (
        Matter.LASTING,
        "有效期|终身|[一二三四五六七八九十两]年|长期|支持期|周期|期满|年以上|保留|满\\d+年|\\d年",
    ),
    (Matter.AGE, "岁|年龄"),
    (Matter.MEMBER, "会员|入会"),
    (Matter.HOME, "户籍|户口|居住证|行政区域|本地|外省|在云南"),
    (Matter.FIRST, "优先|倾斜|加.{0,2}分|择优|重点|侧重"),
    (Matter.PRIVACY, "保密|公开|姓名|匿名|隐私"),
    (Matter.EXAM, "考试|答辩|面试|笔试|现场|测试|评价"),
    (Matter.SCORING, "评分|打分|得分|权重|占\\d|投票|得票|票数|分值|分数|3比7|综合得分"),
    (Matter.AMOUNT, "\\d元|万元|补助|补贴|奖金|奖励|经费|免费|减免|报销|津贴|资助|贷款|牌|证书"),
    (Matter.STEPS, "审查|评审|初审|复审|审定|逐级|报批"),
    (Matter.DECIDES, "批准|审定|决定|审批|研究|核准|认定|裁"),
    (Matter.DUTIES, "报告|总结|台账|考核|检查|备案|接受|应当|负责|要"),
    (Matter.ONLINE, "网上|网站|平台|线上|申报系统|管理系统|app|公众号|邮寄|寄|邮件|小程序"),
    (
        Matter.STANDING,
        "农民工|派遣|外包|灵活就业|新就业形态|机关|事业单位|公务员|在职|职工",
    ),
    (Matter.HOW_LONG, "\\d+(?:个工作)?[日天月]|小时|半年|及时|期限|天数|学时"),
    (Matter.WHEN, "\\d+[月日]|期间|当月|截止|以当年|通知为准|时间|月底|年底|年初|之前|前"),
    (
        Matter.PAPERS,
        "(?<!次)材料(?!科|工|产)|申请书|申请表|推荐表|审批表|证明|复印|身份证|一式|提交|提供",
    ),
    (Matter.WHERE, "向.{1,20}(?:申请|提出|报|反映|问)|问|找|工会|部门|局|厅|报名"),
)
# Words so much its own that a sentence with one of them is about it.
FIRM = frozenset(
    {
        Matter.TAX,
        Matter.OBJECTION,
        Matter.REAL_NAME,
        Matter.PROXY,
        Matter.DEATH,
        Matter.NO_UNION,
        Matter.NOTICE,
        Matter.PLACES,
        Matter.CHEATING,
        Matter.SEAL,
        Matter.MEMBER,
        Matter.AGE,
        Matter.USE,
        Matter.PAYING,
        Matter.ACCOUNT,
        Matter.COST,
        Matter.YEARLY,
        Matter.PRIVACY,
        Matter.EXAM,
        Matter.SCORING,
        Matter.ONLINE,
        Matter.RETIRED,
        Matter.MOVED,
        Matter.REFUSED,
        Matter.TOLD,
        Matter.AMOUNT,
        Matter.AGAIN,
        Matter.STEPS,
    }
)
TOLD_BY = {matter: re.compile(pattern) for matter, pattern in SAID}
