"""German words that say where a phrase must not be torn."""

from __future__ import annotations

from ebrochure.caption.phrasebook import Phrasebook, listed

_MONTHS = listed("januar februar märz april mai juni juli august september oktober november dezember")

BOOK = Phrasebook(
    abbreviations=listed("z.b d.h u.a usw bzw ca nr abs evtl ggf inkl vgl z u d str tel"),
    articles=listed("""
        der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines
        dieser diese dieses diesen diesem jeder jede jedes jeden jedem mein meine meinen meinem meiner dein
        deine sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere unseren unserem
        unserer euer eure alle allen beide mehrere einige viele welche welcher welches
    """),
    auxiliaries=listed("""
        bin bist ist sind seid war waren werde wirst wird werden würde würden kann können konnte könnte
        könnten muss müssen musste sollen soll sollte sollten will wollen darf dürfen mag möchte möchten
        habe hast hat haben hatte hatten hätte nicht
    """),
    conjunctions=listed("""
        und oder aber denn sondern weil dass ob wenn als während obwohl damit bevor nachdem sobald solange
        falls wo wie warum wer was sowie
    """),
    prepositions=listed("""
        in im ins an am ans auf aus bei beim mit nach seit von vom zu zum zur für durch gegen ohne um über
        unter vor hinter neben zwischen bis während wegen trotz innerhalb außerhalb ab pro
    """),
    subjects=listed("ich du er sie es wir man"),
    degrees=listed(
        "sehr zu mehr weniger ganz fast etwa rund nur so ziemlich besonders mindestens höchstens über unter"
    ),
    compares=listed("als"),
    adjectives=listed("""
        neue neuen neuer neues neuem alte alten alter altes großen große großer großes kleine kleinen
        kleiner erste ersten erster zweite zweiten dritte dritten nächste nächsten nächster letzte letzten
        letzter gleiche gleichen eigene eigenen andere anderen anderer wichtige wichtigen wichtigsten ganze
        ganzen einzelne einzelnen
    """),
    adjective_endings=(
        "lichen",
        "liche",
        "licher",
        "ischen",
        "ische",
        "igen",
        "ige",
        "iger",
        "baren",
        "bare",
        "enden",
        "ende",
    ),
    units=_MONTHS
    | listed("""
        prozent euro cent sekunde sekunden minute minuten stunde stunden tag tage tagen woche wochen monat
        monate monaten jahr jahre jahren meter kilometer gramm kilogramm liter uhr mal hundert tausend
        millionen milliarden zeichen grad personen leute
    """),
    counted=_MONTHS
    | listed("seite schritt abbildung kapitel abschnitt version folie raum nummer nr teil phase stufe"),
    numerals=listed("""
        zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig sechzig
        siebzig achtzig neunzig hundert tausend
    """),
    between_numbers=listed("und oder bis"),
    capitals_are_names=False,
)
