"""A question nobody could answer, without what tells who asked it."""

import re

from core.finding.plain import LONGEST
from core.reading import clean

NUMBERS = re.compile(r"\d+|[零〇一二三四五六七八九两]{5,}")
LATIN = re.compile(r"[A-Za-z][\w.@-]{5,}", re.ASCII)
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴"
    "陆荣翁荀羊惠甄曲家封芮储靳松井段富巫乌焦巴弓牧山谷车侯全班秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙"
    "叶幸司黎薄印白怀蒲从鄂索咸籍赖卓蔺屠蒙池乔阴能苍双闻莘党翟谭劳姬申冉刀普者岩玉"
)
TITLES = (
    "师傅|老师|主席|经理|老板|厂长|书记|队长|主任|局长|科长|处长|先生|女士|小姐|总|工|哥|姐|叔|姨"
)
INTRODUCED = re.compile(
    rf"(我叫|名叫|叫做|名字是|姓名是?|本人|我是)([{SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=[，。,、\s]|$)"
)
CALLED = re.compile(rf"[{SURNAMES}][\u4e00-\u9fff]{{0,2}}(?=(?:{TITLES})(?:[，。,、\s的说让不]|$))")
HIDDEN, SOMEBODY = "〇", "某"


def masked(question: str) -> str:
    """Numbers and names are gone; what is asked can still be read."""
    said = NUMBERS.sub(HIDDEN, LATIN.sub(HIDDEN, clean(question)))
    said = INTRODUCED.sub(rf"\1{SOMEBODY}", said)
    return CALLED.sub(SOMEBODY, said)[:LONGEST]
