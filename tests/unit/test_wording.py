"""What the product says by itself: whole in every language, and the nearest language for every page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from typing import ClassVar

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from ebrochure.assemble.cardspec import CardWords
from ebrochure.publish.amounts import length_text, size_text
from ebrochure.publish.words import words_for
from ebrochure.wording.catalogues import languages, path_of, read_catalogue
from ebrochure.wording.phrases import Counted, Phrases
from scripts.catalogues.upkeep import complaints, new_catalogue, template, written


@dataclass(frozen=True, slots=True)
class Speech(Phrases):
    """Phrases that no catalogue has."""

    part: ClassVar[str] = "speech"
    greeting: str = "Hello, {name}"
    parcels: Counted = Counted(one="{count} parcel", other="{count} parcels")


@pytest.mark.parametrize("language", languages())
def test_every_phrase_is_translated(language: str) -> None:
    # `scripts/words` brings the catalogues up to the code; then translate what it names.
    assert complaints(read_catalogue(language)) == []


@pytest.mark.parametrize("language", languages())
def test_catalogue_is_kept_as_the_script_writes_it(language: str) -> None:
    catalogue = read_catalogue(language)
    catalogue.update(template())
    assert path_of(language).read_bytes() == written(catalogue)


def test_there_are_catalogues_for_german_french_spanish_and_arabic() -> None:
    assert languages() == ("ar", "de", "es", "fr")


def test_a_new_catalogue_has_everything_to_be_translated() -> None:
    catalogue = new_catalogue("pt-BR")
    catalogue.update(template())
    read = read_po(BytesIO(written(catalogue)))
    assert str(read.locale) == "pt_BR"
    assert complaints(read) == [
        f"not translated in `{_told(message)}`" for message in template() if message.id
    ]


def _told(message: Message) -> str:
    return f"{message.context}: {message.id if isinstance(message.id, str) else message.id[-1]}"


def test_what_a_catalogue_lacks_or_has_too_much_is_named() -> None:
    faulty = read_catalogue("de")
    faulty.delete("Speed", context="page.speed")
    faulty.add("Shout", "Ruf", context="page.shout")
    assert complaints(faulty) == [
        "lacks `page.speed: Speed`",
        "has `page.shout: Shout`, which nobody says",
    ]


def test_a_phrase_that_changed_in_the_code_is_read_again_by_a_translator() -> None:
    faulty = read_catalogue("de")
    faulty.delete("Slide {number}", context="page.slide")
    faulty.add("The slide {number}", "Folie {number}", context="page.slide")
    faulty.update(template())
    assert "fuzzy, to be read by a translator, in `page.slide: Slide {number}`" in complaints(faulty)


@pytest.mark.parametrize(
    ("string", "complaint"),
    [
        ("Folie", "placeholders ['number'] in `page.slide: Slide {number}`"),
        ("Folie {nummer}", "placeholders ['number', 'nummer'] in `page.slide: Slide {number}`"),
        ("", "not translated in `page.slide: Slide {number}`"),
    ],
)
def test_a_translation_with_other_placeholders_is_named(string: str, complaint: str) -> None:
    faulty = read_catalogue("de")
    translated = faulty.get("Slide {number}", context="page.slide")
    assert translated is not None
    translated.string = string
    assert complaints(faulty) == [complaint]


def test_only_a_form_for_one_number_alone_may_say_it_in_words() -> None:
    faulty = read_catalogue("ar")
    message = faulty.get(("{count} found", "{count} found"), "page.search_found")
    assert message is not None
    message.string = ("لا نتائج", "نتيجة", "نتيجتان", "نتائج", "{count} نتيجة", "{count} نتيجة")
    assert complaints(faulty) == ["placeholders ['count'] in `page.search_found: {count} found`"]


@pytest.mark.parametrize(
    ("asked", "got", "word"),
    [
        ("de", "de", "Kapitel"),
        ("de-AT", "de-AT", "Kapitel"),
        ("AR-eg", "AR-eg", "الفصول"),
        ("en-US", "en-US", "Chapters"),
        ("sw", "en", "Chapters"),
        ("../de", "en", "Chapters"),
    ],
)
def test_a_language_is_served_by_the_nearest_catalogue(asked: str, got: str, word: str) -> None:
    words = words_for(asked)
    assert (words.language, words.chapters) == (got, word)


def test_arabic_has_a_form_for_each_of_its_six_kinds_of_number() -> None:
    assert json.loads(words_for("ar").search_found.as_json()) == {
        "zero": "لا نتائج",
        "one": "نتيجة واحدة",
        "two": "نتيجتان",
        "few": "{count} نتائج",
        "many": "{count} نتيجة",
        "other": "{count} نتيجة",
    }


def test_what_nobody_has_translated_stays_english() -> None:
    speech = Speech.in_language("de")
    assert speech == Speech("de")
    assert speech.parcels == Counted(one="{count} parcel", other="{count} parcels")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("amount", [1, 2, 3, 11, 100])
def test_lengths_and_sizes_are_known_in_every_language_there_is_a_catalogue_for(
    language: str, amount: int
) -> None:
    told = [length_text(amount * 1000, language), length_text(amount * 60_000, language)]
    told += [size_text(amount * 1000**power, language) for power in (1, 2, 3)]
    # babel shows the name of a unit whose words it lacks
    assert not [text for text in told if "digital" in text or "duration" in text]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ("Any questions?", "Read more on this page", "Thank you for watching", "Tell us what you think"),
        ),
        (
            "de-DE",
            (
                "Noch Fragen?",
                "Mehr dazu auf dieser Seite",
                "Danke fürs Zuschauen",
                "Sagen Sie uns Ihre Meinung",
            ),
        ),
        (
            "fr",
            (
                *("Des questions ?", "Plus d'informations sur cette page"),
                *("Merci de votre attention", "Donnez-nous votre avis"),
            ),
        ),
        (
            "es",
            (
                *("¿Preguntas?", "Más información en esta página"),
                *("Gracias por su atención", "Díganos qué le parece"),
            ),
        ),
        ("ar", ("هل لديكم أسئلة؟", "المزيد في هذه الصفحة", "شكرًا على المشاهدة", "شاركونا رأيكم")),
    ],
)
def test_cards_speak_the_language_of_the_service(language: str, words: tuple[str, ...]) -> None:
    cards = CardWords.in_language(language)
    assert (cards.question, cards.hint, cards.thanks, cards.survey) == words
