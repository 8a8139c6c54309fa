"""A person reads what the window says about papers, before a form can carry any."""

import re

from life_events import Channel, load_catalogue

CATALOGUE = load_catalogue()
CARRIES_PAPERS = re.compile(
    r"[をは](添え(て|ます)|付けて(ください|申請))|画面から[^。]*添え|\bI attach\b|Apply[^.,;]*here,? with "
)


def test_no_form_that_is_sent_here_says_that_it_carries_papers() -> None:
    told = {
        one.id: sentence
        for one in CATALOGUE.procedures.values()
        if one.channel is Channel.HERE
        for text in (one.how, *(field.label for part in one.form.sections for field in part.fields))
        for sentence in (text.ja, text.en)
        if CARRIES_PAPERS.search(sentence)
    }
    assert told == {}


def test_the_papers_of_a_bath_chair_go_to_the_desk_or_by_post() -> None:
    how = CATALOGUE.procedures["care_equipment_refund"].how
    assert "持参するか郵送" in how.ja
    assert "持って 行くか、手紙で" in how.easy
    assert "bring or post" in how.en


def test_a_card_that_signs_at_home_is_not_sent_to_the_ward() -> None:
    notice = CATALOGUE.procedures["move_out_notice"]
    assert [paper.id for paper in notice.attachments if not paper.shown_only] == []
