"""The catalogue: every procedure, bundle, ward, question and number in law, compiled once from the data files."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct, field

from life_events.form import FormSpec, ShowIf
from life_events.law import Dated, Law, Opening, Window, Yearly
from life_events.questions import QuestionSpec
from life_events.ripple import MoveWords, Ripple
from life_events.rules.rule import Rule
from life_events.terms import Channel, Operator, Text

Confidence = Literal["A", "B", "C"]
Category = Literal["notification", "benefit", "support", "class", "event", "consultation", "facility", "information"]
"""GIF 491-1 less お知らせ: 届出, 手当・助成金, 支援サービス, 教室・講習会, イベント, 相談, 施設, 情報提供."""
Signature = Literal["required", "ward", "none"]
"""Whether an electronic signature is asked for: always, as the ward decides, never."""
Login = Literal["none", "account", "card", "signature"]
"""The least way to be known: nobody asks, any account, the card's login certificate, the card's signing certificate."""
Means = Literal["online", "online_elsewhere", "counter", "post", "phone", "convenience_store", "employer", "automatic"]
"""CPSV-AP Channel.type: every way the authority takes it, the best one first."""
TRUSTED = frozenset({"name", "law", "who", "deadline", "how", "form", "attachments", "signature", "fee", "result"})


class Way(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Another way to get a procedure done; what it leaves out stays as usual.

    `bundle`: the only one the step then stands in.
    """

    bundle: str | None = None
    operator: Operator | None = None
    operator_name: Text | None = None
    channel: Channel | None = None
    how: Text | None = None


class Trust(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How sure a statement is: A official page, B third party or one town, C to be confirmed by a person."""

    level: Confidence
    sources: tuple[str, ...] = ()
    note: str = ""


class Attachment(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """CPSV-AP Evidence. `needed` None: always. `omitted`: when it falls away, by information linkage (情報連携).

    `shown_only`: stays with her, a card that signs or is shown at a counter; never handed in after sending here."""

    id: str
    name: Text
    needed: Text | None = None
    omitted: Text | None = None
    original: bool = False
    shown_only: bool = False


class Part(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What somebody else adds to an application. `paper`: of bff/tasks/papers.toml. `asked_of`: whom she asks.

    `when`: only while a field of the form holds this value; None: whenever she asks for it. `attachment`: the paper it
    stands for."""

    id: str
    paper: str
    name: Text
    asked_of: Text
    when: ShowIf | None = None
    attachment: str | None = None


class Fee(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """CPSV-AP Cost, in yen; left out: the office sets it and `note` says so."""

    yen: int | None = None
    note: Text | None = None


class Result(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """CPSV-AP Output. `standard_days`: 標準処理期間 in days (行政手続法6条); None: not published."""

    name: Text
    standard_days: int | None = None
    note: Text | None = None


class AppealBody(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who hears an objection (審査請求) to decisions in `procedures`, all of which are dispositions (処分).

    `suit`: whether one may go to court at once, or only after the ruling on the objection (審査請求前置).
    """

    id: str
    name: Text
    how: Text | None = None
    suit: Literal["direct", "after_ruling"] = "direct"
    law: str
    confidence: Confidence
    note: str = ""
    procedures: tuple[str, ...]


class Sentence(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an official asks back with, prepared in three languages; `fields`: those it is usually about."""

    id: str
    text: Text
    fields: tuple[str, ...] = ()


class Automatic(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When the rule alone may say yes: each of `agrees` stands so in the register today, `only` is answered just so,
    `empty` is left empty, and the plan still asks for the step. It never says no."""

    agrees: tuple[str, ...]
    only: Mapping[str, object] = field(default_factory=dict)
    empty: tuple[str, ...] = ()


class DeskRule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of data/desk: how a ward that works the procedure here decides. `second`: only with a second person;
    `plain`: may be decided many at a time."""

    id: str = ""
    second: bool = False
    plain: bool = False
    automatic: Automatic | None = None
    sentences: tuple[Sentence, ...] = ()


class Effective(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The days on which there is such a procedure, both inclusive; None: as long as anybody needs to know."""

    start: date | None = field(default=None, name="from")
    until: date | None = None

    def holds(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.until is None or day <= self.until)


class Keywords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everyday words by which somebody who does not know its name would look for it."""

    ja: tuple[str, ...]
    en: tuple[str, ...]


class Procedure(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of data/procedures; a CPSV-AP PublicService.

    `reads`: every source the step rests upon; `known`: paths shown as known facts; `after`: what must come first
    (CPSV-AP requires). `on_demand`: open to many at any time, so it is found but not put on anybody's home.
    `follow_up`: what is left to do when it does not end online. `fact_sheet`: its number in infra/catalogue/sheet.py.
    `ward_sets`: terms and windows that are each ward's own to set."""

    id: str
    fact_sheet: str
    category: Category
    kana: str
    operator: Operator
    operator_name: Text | None = None
    channel: Channel
    channels: tuple[Means, ...]
    signature: Signature
    login: Login
    on_demand: bool = False
    law: str | None = None
    confidence: Mapping[str, Trust]
    effective: Effective = Effective()
    reads: tuple[str, ...]
    after: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    name: Text
    official_name: Text
    summary: Text
    who: Text
    window: Text
    late: Text | None = None
    how: Text
    follow_up: Text | None = None
    attachments: tuple[Attachment, ...] = ()
    parts: tuple[Part, ...] = ()
    fee: Fee = Fee(yen=0)
    result: Result
    keywords: Keywords
    ward_sets: tuple[str, ...] = ()
    ways: Mapping[str, Way] = field(default_factory=dict)
    reasons: Mapping[str, Text]
    form: FormSpec | None = None


class BundleSpec(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of data/bundles: the ids of its procedures in the order to show them; a CPSV-AP LifeEvent.

    `occasion`: named in occasions.py, when it is shown at all. `start`: the question that opens it; it is never put on
    home uninvited, but answered when she chooses the event herself. With both, either of them fills it.
    `about`: named in occasions.py, whose steps stand here; those of other members stand in a later bundle.
    `takes_first`: a step that another bundle has too stands here, though that one is shown before."""

    id: str
    place: int
    name: Text
    summary: Text
    procedures: tuple[str, ...]
    occasion: str | None = None
    start: str | None = None
    about: str | None = None
    takes_first: bool = False


class Override(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a ward does otherwise (GIF 451-4 制度変更区分 1); what it leaves out stays as in the procedure's file.
    `where`: its offices that take it, with their hours."""

    name: Text | None = None
    summary: Text | None = None
    who: Text | None = None
    where: Text | None = None
    fee: Fee | None = None
    channel: Channel | None = None
    channels: tuple[Means, ...] | None = None
    how: Text | None = None
    late: Text | None = None
    follow_up: Text | None = None
    window: Text | None = None
    attachments: tuple[Attachment, ...] | None = None
    sources: tuple[str, ...]
    confidence: Confidence


class Ward(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of data/wards. `code`: six digits with the check digit. `interface`: the folder of bff/connectors.

    `population`: census of 2020-10-01. `sources`: of these. `numbers`, `windows`, `yearly`: what this ward
    sets itself. `procedures`: by id.
    """

    code: str
    name: Text
    kana: str
    interface: str
    population: int
    sources: tuple[str, ...]
    opening: Opening = Opening()
    numbers: Mapping[str, tuple[Dated, ...]] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()
    yearly: tuple[Yearly, ...] = ()
    procedures: Mapping[str, Override] = field(default_factory=dict)


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Who tells facts. `name` is shown beside each fact; `correction`: whom to tell when the record itself is wrong."""

    id: str
    name: Text
    operator: Operator
    correction: Text


class Words(Struct, frozen=True, kw_only=True):
    """Texts that belong to no single procedure."""

    operators: Mapping[Operator, Text]
    facts: Mapping[str, Text]
    values: Mapping[str, Text]
    reasons: Mapping[str, Text]
    refusals: Mapping[str, Text]
    amounts: Mapping[str, Text]
    changes: Mapping[str, Text]


class Catalogue(Struct, frozen=True, kw_only=True):
    """Everything `plan`, `difference`, `form_for` and `check_answer` need; it never changes after loading."""

    procedures: Mapping[str, Procedure]
    rules: Mapping[str, Rule]
    bundles: tuple[BundleSpec, ...]
    wards: Mapping[str, Ward]
    sources: Mapping[str, Source]
    questions: Mapping[str, QuestionSpec]
    law: Law
    words: Words
    ripples: tuple[Ripple, ...] = ()
    moving: MoveWords = MoveWords()
    appeals: Mapping[str, AppealBody] = field(default_factory=dict)
    desk: Mapping[str, DeskRule] = field(default_factory=dict)
    sentences: tuple[Sentence, ...] = ()

    def desk_of(self, procedure: str) -> DeskRule:
        """How it is decided where no file says anything: by one person, one at a time."""
        return self.desk.get(procedure, DeskRule(id=procedure))

    def law_in(self, ward: str | None) -> Law:
        """The law as that ward (code) applies it; as it stands for all where there is no such ward."""
        here = self.wards.get(ward or "")
        return self.law.in_ward(here.numbers, here.windows, here.opening, here.yearly) if here else self.law
