"""Cell text made comparable: full-width to half-width, traditional to simplified, no stray spaces.

What staff read keeps their own characters; these forms serve comparing, parsing and identity.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_TRADITIONAL: Final = (
    "島萬億圓開發區縣東廣門關長馬龍鳳興業產園國際機場橋鐵鎮鄉陽陰遼寧齊蘭濟瀋連錦撫順營盤雙鴨鶴雞臺灣灘濱"
    "漢貴慶雲義烏魯膠棗煙濰萊聊澤運農電廠動車輪礦鋼煉製藥醫學術藝館體衛環境護處理設備儲氣熱燈風樓廳辦聯絡"
    "責單項類級總計劃報審簽約訂復進竣續預備節點額資檔應還當實質質問題領導張陳劉趙黃吳鄭許馮鄧蔣韓葉蘇盧賈"
    "鍾譚陸魏夢賢麗偉傑輝騰華強藍綠紅錢銀銅鋅鉛鎳鈉鋰爐燒鹽鹼廢專線網絡絲綢緞軍訓倉庫庫樹葯職務務協議術"
    "數據據碼頭頓圍塊壩灣澗溝渠瀾瀘滬寶鄒鄖鄲獅貓鷹鵝鯉魚鳥會議來個東話時間結構繼續帶隊階樣標準證書"
)
_SIMPLIFIED: Final = (
    "岛万亿圆开发区县东广门关长马龙凤兴业产园国际机场桥铁镇乡阳阴辽宁齐兰济沈连锦抚顺营盘双鸭鹤鸡台湾滩滨"
    "汉贵庆云义乌鲁胶枣烟潍莱聊泽运农电厂动车轮矿钢炼制药医学术艺馆体卫环境护处理设备储气热灯风楼厅办联络"
    "责单项类级总计划报审签约订复进竣续预备节点额资档应还当实质质问题领导张陈刘赵黄吴郑许冯邓蒋韩叶苏卢贾"
    "钟谭陆魏梦贤丽伟杰辉腾华强蓝绿红钱银铜锌铅镍钠锂炉烧盐碱废专线网络丝绸缎军训仓库库树药职务务协议术"
    "数据据码头顿围块坝湾涧沟渠澜泸沪宝邹郧郸狮猫鹰鹅鲤鱼鸟会议来个东话时间结构继续带队阶样标准证书"
)
_TO_SIMPLIFIED: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−─━﹣", "-"))
_SPACES: Final = re.compile(r"\s+")

# what offices write into a cell that has nothing to say
EMPTY_WORDS: Final = frozenset(
    {"", "/", "//", "-", "--", "---", "----", "\\", "待定", "未定", "暂无", "无数据", "空"}
)


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """The text in half-width, simplified characters and ordinary dashes, spaces and line breaks removed."""
    normal = unicodedata.normalize("NFKC", text).translate(_TO_SIMPLIFIED).translate(_DASHES)
    return _SPACES.sub("", normal).replace("\u200b", "").replace("\ufeff", "")


def simplified(text: str) -> str:
    """The text with traditional characters replaced, everything else kept."""
    return text.translate(_TO_SIMPLIFIED)


def is_empty(cell: object) -> bool:
    """Whether a cell says nothing: blank, or one of the marks for "not known"."""
    return cell is None or (isinstance(cell, str) and plain(cell) in EMPTY_WORDS)


def number_text(number: float) -> str:
    """A number as staff typed it: 2.0 is "2", 2.5 is "2.5"."""
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(number)
