"""Rows of made-up facilities. Names, numbers and addresses are invented: telephone numbers are 03-0000-…, which are
given to nobody; no person is in them."""

from __future__ import annotations

import math
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
Row = dict[str, str]
KM = 1 / 111.2
CLINICS = ("みなみ", "きた", "さくら", "中央", "ファミリー")
HOUSES = ("けやき", "ゆうなぎ", "はるか")


@dataclass(frozen=True)
class Ward:
    """`towns`: real names of its towns, so that an address can be found by them; `reach` in kilometres."""

    code: str
    name: str
    lat: float
    lon: float
    reach: float
    towns: Sequence[str]


def wards() -> list[Ward]:
    read = tomllib.loads((HERE / "wards.toml").read_text("utf-8"))
    return [
        Ward(code, one["name"], one["lat"], one["lon"], one["reach"], one["towns"].split())
        for code, one in read.items()
    ]


class City:
    """One ward's made-up facilities; the same each time."""

    def __init__(self, ward: Ward) -> None:
        self.ward = ward
        self.chance = random.Random(int(ward.code))  # noqa: S311 - made-up places, not secrets
        self._count = 0

    def _common(self, name: str, kana: str = "") -> Row:
        self._count += 1
        town_number = self._count % len(self.ward.towns)
        town, block = self.ward.towns[town_number], self.chance.randint(1, 5)
        lat, lon = self._near(town_number)
        number = f"{self.chance.randint(1, 30)}-{self.chance.randint(1, 20)}"
        return {
            "全国地方公共団体コード": self.ward.code,
            "ID": f"{self.ward.code}{self._count:05d}",
            "地方公共団体名": f"東京都{self.ward.name}",
            "名称": name.replace("{town}", town),
            "名称_カナ": kana,
            "所在地_連結表記": f"東京都{self.ward.name}{town}{block}丁目{number}",
            "緯度": f"{lat:.6f}",
            "経度": f"{lon:.6f}",
            "電話番号": f"03-0000-{int(self.ward.code[3:5]) * 100 + self._count % 100:04d}",
            "URL": f"https://www.example.jp/{self.ward.code}/{self._count}",
        }

    def _near(self, town: int) -> tuple[float, float]:
        """Each town lies somewhere of its own around the office; facilities of a town lie together."""
        angle = 2 * math.pi * town / len(self.ward.towns)
        away = self.ward.reach * 0.45 * (0.4 + 0.6 * ((town * 7) % 10) / 10)
        north = away * math.sin(angle) + self.chance.uniform(-0.35, 0.35)
        east = away * math.cos(angle) + self.chance.uniform(-0.35, 0.35)
        return self.ward.lat + north * KM, self.ward.lon + east * KM / math.cos(math.radians(self.ward.lat))

    def _barrier_free(self) -> Row:
        return {
            "車椅子可": self.chance.choice(("有", "有", "無", "")),
            "車椅子使用者用トイレ有無": self.chance.choice(("有", "無", "")),
            "エレベーター": self.chance.choice(("有", "無")),
        }

    def nurseries(self, count: int) -> Iterator[Row]:
        kinds = ("認可保育所", "認可保育所", "認可保育所", "認定こども園", "小規模保育事業", "認証保育所")
        names = (
            "あおぞら",
            "ひだまり",
            "こもれび",
            "わかくさ",
            "そよかぜ",
            "ほしのこ",
            "たんぽぽ",
            "つくし",
            "どんぐり",
            "なないろ",
        )
        for number in range(count):
            sort = self.chance.choice(kinds)
            small = sort == "小規模保育事業"
            name = f"{{town}}{_turn(names, number)}{'こども園' if sort == '認定こども園' else '保育園'}"
            free = [self._free(number) for _ in range(3 if small else 6)]
            yield {
                **self._common(name),
                "種別": sort,
                "収容定員": str(self.chance.randint(12, 19) if small else self.chance.randint(60, 140)),
                "受入年齢": "生後57日から2歳児"
                if small
                else self.chance.choice(("生後57日から就学前", "1歳児～5歳児")),
                "利用可能曜日": "月火水木金土",
                "開始時間": self.chance.choice(("7:15", "7:30", "7:00")),
                "終了時間": self.chance.choice(("18:15", "19:15", "20:15")),
                "利用可能日時特記事項": "祝日・年末年始は休園",
                "一時預かりの有無": self.chance.choice(("有", "無")),
                "授乳室": self.chance.choice(("有", "無")),
                "対応言語": self.chance.choice(("", "", "英語", "英語・中国語")),
                **{f"空き_{year}歳": str(one) for year, one in enumerate(free)},
                **self._barrier_free(),
            }

    def _free(self, number: int) -> int:
        return 0 if number % 3 == 0 else self.chance.choice((0, 0, 1, 2, 4))

    def schools(self, count: int) -> Iterator[Row]:
        for number in range(count):
            kind = "小学校" if number % 3 else "中学校"
            row = self._common(f"{self.ward.name[:-1]}区立{{town}}{kind}")
            yield {**row, "学校名": row.pop("名称"), "学校種": kind, **self._barrier_free()}

    def clinics(self, count: int) -> Iterator[Row]:
        subjects = ("内科、小児科", "小児科", "内科", "歯科", "耳鼻咽喉科", "皮膚科", "産婦人科", "整形外科")
        for number in range(count):
            subject = subjects[number % len(subjects)]
            yield {
                **self._common(f"{{town}}{_turn(CLINICS, number)}クリニック"),
                "医療機関の種類": "診療所",
                "診療科目": subject,
                "診療曜日": self.chance.choice(("月火水金土", "月～金", "月火木金土")),
                "診療開始時間": "9:00",
                "診療終了時間": self.chance.choice(("18:00", "18:30", "12:30")),
                "対応言語": self.chance.choice(("", "", "英語", "英語・中国語・韓国語")),
                **self._barrier_free(),
            }

    def care(self, count: int) -> Iterator[Row]:
        services = ("訪問介護", "通所介護", "居宅介護支援", "地域包括支援センター", "短期入所生活介護", "訪問看護")
        for number in range(count):
            row = self._common(f"{{town}}{_turn(HOUSES, number)}{services[number % 6][:4]}事業所")
            yield {
                **row,
                "介護サービス事業所名称": row.pop("名称"),
                "実施サービス": services[number % 6],
                "利用可能曜日": "月～金",
                "定員": str(self.chance.randint(10, 40)),
                **self._barrier_free(),
            }

    def shelters(self, count: int) -> Iterator[Row]:
        kinds = ("洪水", "崖崩れ、土石流及び地滑り", "地震", "大規模な火事", "内水氾濫")
        for number in range(count):
            yield {
                **self._common(f"{{town}}{('公園', '小学校', '中学校')[number % 3]}"),
                "想定収容人数": f"{self.chance.randint(3, 40) * 100:,}",
                **{f"災害種別_{one}": str(self.chance.choice((1, 1, 0))) for one in kinds},
            }

    def counters(self) -> Iterator[Row]:
        names = (
            (f"{self.ward.name}役所", "1302", "月火水木金", "8:30", "17:15"),
            ("{town}区民センター", "1304", "月火水木金", "8:30", "17:15"),
            ("{town}出張所", "1304", "月火水木金土", "8:30", "19:00"),
            ("{town}保健センター", "1606", "月火水木金", "8:30", "17:00"),
            ("{town}図書館", "1512", "毎日", "9:00", "20:00"),
            ("{town}児童館", "1403", "月火水木金土", "9:30", "18:00"),
        )
        for name, poi, days, opens, closes in names:
            row = {
                **self._common(name),
                "POIコード": poi,
                "利用可能曜日": days,
                "開始時間": opens,
                "終了時間": closes,
                "対応言語": "英語・中国語・韓国語" if poi == "1302" else "",
                "おむつ替えコーナー": "有",
                **self._barrier_free(),
            }
            if poi == "1302":
                row |= {"緯度": str(self.ward.lat), "経度": str(self.ward.lon)}
            yield row


def _turn(names: Sequence[str], number: int) -> str:
    """One after the other, and another one when the towns begin anew."""
    return names[(number + number // 8) % len(names)]
