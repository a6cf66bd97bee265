"""Every notice on the shelf reads well in both languages and fits one SMS."""

import pytest
from django.utils import translation

from city.notices.declare import WORDS, Words
from city.notices.rules import fits_one_sms

SHELF = WORDS.items()


@pytest.mark.parametrize(("code", "words"), SHELF, ids=[code for code, _ in SHELF])
@pytest.mark.parametrize("language", ["id", "en"])
def test_words_are_whole(code: str, words: Words, language: str) -> None:
    with translation.override(language):
        shown = words.filled(words.sample)
        title, body, sms = (str(part) % shown for part in (words.title, words.body, words.sms))
    assert 0 < len(title) <= 120, f"{code}: a title stands on one or two lines of a phone"
    assert body, f"{code}: the body says what to do"
    assert fits_one_sms(sms), f"{code}: {len(sms)} places in {language}, one SMS has 160: {sms}"
