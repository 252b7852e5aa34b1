"""French words that say where a phrase must not be torn."""

from __future__ import annotations

from ebrochure.caption.phrasebook import Phrasebook, listed

_MONTHS = listed("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")

BOOK = Phrasebook(
    abbreviations=listed("p.ex c.-à-d etc env n° no art tél av bd"),
    articles=listed("""
        le la les un une des du au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos
        leur leurs chaque quelque quelques plusieurs aucun aucune tout toute tous toutes quel quelle quels
        quelles
    """),
    auxiliaries=listed("""
        suis es est sommes êtes sont étais était étaient sera seront serait ai as a avons avez ont avais
        avait avaient aura auront aurait peux peut pouvez pouvons peuvent dois doit devez devons doivent
        veux veut voulez va vais vont allez n'est n'a n'ont c'est j'ai ne me te se
    """),
    conjunctions=listed("""
        et ou mais donc or ni car que qu' parce lorsque quand puisque si comme afin pendant tandis bien qui
        dont où pourquoi comment
    """),
    prepositions=listed("""
        de à en dans sur sous avec sans pour par chez vers entre contre avant après depuis pendant dès
        jusque jusqu'à selon malgré parmi hors via
    """),
    subjects=listed("je tu il elle on nous vous ils elles j'"),
    degrees=listed("très trop plus moins assez presque environ si aussi tout peu"),
    compares=listed("que"),
    adjectives=listed("""
        bon bonne bons bonnes grand grande grands grandes petit petite petits petites nouveau nouvel
        nouvelle nouveaux nouvelles premier première deuxième troisième dernier dernière prochain prochaine
        même mêmes autre autres seul seule ancien ancienne gros grosse jeune long longue mauvais mauvaise
        meilleur meilleure vieux vieille
    """),
    units=_MONTHS
    | listed("""
        pour cent pourcent euros euro centimes seconde secondes minute minutes heure heures jour jours
        semaine semaines mois an ans année années mètres kilomètres grammes kilos litres fois mille millions
        milliards degrés personnes
    """),
    counted=_MONTHS
    | listed("page étape figure chapitre section version diapositive salle numéro n° partie phase niveau"),
    numerals=listed("""
        deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente
        quarante cinquante soixante cent mille
    """),
    between_numbers=listed("et ou à"),
    of=listed("de du des"),
)
