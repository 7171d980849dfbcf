"""What is a person's name and what is a title: surnames, posts, and words that look like either."""

from __future__ import annotations

import re
from typing import Final

# the words offices put beside a name; those of the party, government, congress, conference, courts, firms
_POSTS: Final = (
    "书记|市长|县长|区长|州长|盟长|旗长|镇长|乡长|省长|主席|主任|局长|厅长|部长|处长|科长|所长|站长|院长|校长|行长|会长|"
    "组长|秘书长|检察长|队长|村长|链长|总指挥|指挥长|指挥|董事长|总经理|经理|总裁|总工程师|总工|厂长|政委|司令员|"
    "常委|委员|调研员|巡视员|助理|负责人|召集人|联络员|专干"
)
_POST: Final = rf"(?:常务|第一|代)?副?(?:{_POSTS})"
_BODY: Final = (
    r"(?:中共|党组|党委|党工委|管委会|工委|人大(?:常委会)?|政协|纪委监委|纪委|监委|政府|政法委|组织部|宣传部|统战部|"
    r"人武部|法院|检察院|办公室|总工会)"
)
# a title that may follow a name at once; one that begins with 市 县 区 may be a place's (连山区委书记)
_AFTER_NAME: Final = re.compile(rf"(?![市县区州盟旗镇乡省]){_BODY}*{_POST}(?:兼?{_BODY}*{_POST})*")
_TITLE: Final = re.compile(rf"[\u4e00-\u9fff]{{0,16}}?{_POST}(?:\([^()]*\))?")
_TITLE_THEN_NAME: Final = re.compile(rf"(?P<title>[\u4e00-\u9fff]{{0,20}}(?:{_POSTS}))[::]?(?P<name>.+)")
_SURNAMES: Final = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤"
    "花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄"
    "米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万"
    "支柯昝管卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程嵇邢裴陆荣翁荀羊惠甄曲家封储靳段富巫乌焦巴弓牧山谷车侯"
    "宓蓬全班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲邰从鄂索籍赖卓蔺屠蒙池乔阴胥能苍双闻莘"
    "翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎慕连茹习艾鱼容向古易慎戈廖庾终居衡步都耿满"
    "弘匡国文寇广禄阙东沃利蔚越隆师巩厍聂晁勾敖融冷辛阚那简饶空曾毋沙养鞠须丰巢关蒯相查后荆游竺权盖益桓公肖仝闫付代"
    "初丛迟佟鹿门苑随岳原展战麦覃植涂邸佘帅牟信逯隋修佀撒兰党"
)
_DOUBLE: Final = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "端木"}
)
# words that begin like a surname and are none
# fmt: off
_NO_NAMES: Final = frozenset((
    *("高新", "经开", "金融", "安全", "常务", "常委", "文化", "文旅"),
    *("水利", "农业", "应急", "商务", "司法", "公安", "国资", "党组"),
    *("党委", "党工", "纪委", "纪检", "项目", "平安", "卫健", "卫生"),
    *("和谐", "广电", "通信", "信访", "史志", "全市", "全县", "全区"),
    *("都市", "分管", "东部", "关工", "双拥", "市直", "江北", "海关"),
    *("方志", "成员", "国土", "文联", "工业"),
))
# fmt: on
_UNIT_ENDS: Final = frozenset("区局办委院会镇乡县市省州旗部处科室所站厅校队组司厂村园")
# more characters are no two or three names
_LONGEST_JOINED: Final = 12


def name_and_title(word: str) -> list[tuple[str, bool]]:
    """The name and title of one word, each as (text, whether a title); a word that can't be parted is one."""
    for length in (2, 3, 4):
        name, rest = word[:length], word[length:]
        if rest and is_name(name) and _AFTER_NAME.fullmatch(rest):
            return [(name, False), (rest, True)]
    match = _TITLE_THEN_NAME.fullmatch(word)
    if match and is_name(match["name"]):
        return [(match["title"], True), (match["name"], False)]
    return [(word, bool(_TITLE.fullmatch(word)) and not _surname_and_post(word))] if word else []


def _surname_and_post(word: str) -> bool:
    """Whether a word is how people are addressed (王主任), not a post."""
    return word[0] in _SURNAMES and word[0] not in _UNIT_ENDS and bool(re.fullmatch(_POST, word[1:]))


def is_name(text: str) -> bool:
    """Whether a text can only be a name: a surname with one or two more characters, or parts around a dot."""
    if "·" in text:
        return len(text) >= 4
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff][某×xX*]{1,2}", text) or text[:2] in _NO_NAMES:
        return False
    long = 4 if text[:2] in _DOUBLE else 3
    known = text[0] in _SURNAMES or text[:2] in _DOUBLE
    return known and len(text) <= long and text[-1] not in _UNIT_ENDS and not _TITLE.fullmatch(text)


def looks_joined(name: str) -> bool:
    """Whether a name looks like two written without a separator (张三李四)."""
    if not 4 <= len(name) <= _LONGEST_JOINED or name[:2] in _DOUBLE:
        return False
    return any(is_name(name[:i]) and (is_name(name[i:]) or looks_joined(name[i:])) for i in (2, 3))
