"""Spanish words that say where a phrase must not be torn."""

from __future__ import annotations

from ebrochure.caption.phrasebook import Phrasebook, listed

_MONTHS = listed("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")

BOOK = Phrasebook(
    abbreviations=listed("p.ej etc aprox núm n.º pág tel av ud uds"),
    articles=listed("""
        el la los las un una unos unas al del este esta estos estas ese esa esos esas aquel aquella mi mis
        tu tus su sus nuestro nuestra nuestros nuestras cada algún alguna algunos algunas ningún ninguna
        todo toda todos todas varios varias cuyo cuya qué
    """),
    auxiliaries=listed("""
        soy eres es somos son era eran fue fueron será serán sería estoy está estamos están estaba he has ha
        hemos han había habían puede pueden podemos puedo debe deben debemos debo va van vamos voy tiene
        tienen no se me te le lo les nos
    """),
    conjunctions=listed("""
        y e o u pero sino aunque porque que si cuando mientras como donde pues quien quienes cual cuales ni
    """),
    prepositions=listed("""
        a ante bajo con contra de desde durante en entre hacia hasta para por según sin sobre tras mediante
    """),
    subjects=listed("yo tú él ella usted nosotros nosotras ellos ellas ustedes"),
    degrees=listed("muy más menos tan casi demasiado bastante unos solo"),
    compares=listed("que de"),
    adjectives=listed("""
        buen buena gran grande nuevo nueva nuevos nuevas primer primera primero segundo segunda tercer
        tercera último última próximo próxima mismo misma mismos mismas otro otra otros otras mejor peor
        propio propia único única
    """),
    units=_MONTHS
    | listed("""
        por ciento euros euro céntimos segundo segundos minuto minutos hora horas día días semana semanas
        mes meses año años metros kilómetros gramos kilos litros veces mil millón millones grados personas
    """),
    counted=_MONTHS
    | listed("página paso figura capítulo sección versión diapositiva sala número parte fase nivel"),
    numerals=listed("""
        dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta
        cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil
    """),
    between_numbers=listed("y o a"),
    of=listed("de del"),
)
