"""Short lists of English words that say where a phrase must not be torn."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words("mr mrs ms miss mx dr prof professor sir dame lord lady rev st herr frau mme mlle sr sra")
"""Words that belong to the name after them, without their full stop; the common foreign ones too."""

ABBREVIATIONS = TITLES | _words("e.g i.e vs no nos fig approx dept")
"""Words whose full stop ends no sentence."""

ARTICLES = _words("a an the this these those my your his her its our their every each no some any another")
"""Words that belong to the noun after them."""

AUXILIARIES = _words("""
    am is are was were be been being will would shall should can could may might must do does did has have had
    not cannot i'm you're we're they're it's i've you've we've they've i'll you'll we'll they'll it'll
    isn't aren't wasn't weren't won't wouldn't shouldn't can't couldn't don't doesn't didn't hasn't haven't
    hadn't
""")
"""Words that belong to the verb after them."""

CONJUNCTIONS = _words("""
    and or but nor so yet because although though while whereas if unless until when whenever where wherever
    since which who whom whose that whether than how why what once
""")
"""Words that start a new thought: a break before one reads well, after one badly."""

PREPOSITIONS = _words("""
    of in on at by for with from to into onto over under about after before between through during without
    within across against among around behind below beneath beside beyond inside near off outside per past
    till toward towards upon via as like
""")
SUBJECTS = _words("i you he she we they it there who")
DEGREES = _words("very too more most less least quite rather almost only just even")

MONTHS = _words("january february march april may june july august september october november december")
UNITS = MONTHS | _words("""
    percent per % kg g mg km m cm mm mi ft in l ml s ms min mins h hr hrs hz khz mhz ghz kb mb gb tb
    v w kw kwh db °c °f € £ $ pounds pence euros dollars cents hundred thousand million billion trillion
    seconds minutes hours days weeks months years metres meters kilometres kilometers miles people
    am pm a.m p.m
""")
"""Words that belong to the number before them."""

COUNTED = MONTHS | _words("""
    page step figure chapter section version slide room number no part phase stage level line unit item € £ $
""")
"""Words that belong to the number after them."""

NUMERALS = _words("""
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million
""")
