"""English words that say where a phrase must not be torn."""

from __future__ import annotations

from ebrochure.caption.phrasebook import Phrasebook, listed

_MONTHS = listed("january february march april may june july august september october november december")
_NUMERALS = listed("""
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    million billion first second third fourth fifth sixth seventh eighth ninth tenth dozen half quarter
""")

BOOK = Phrasebook(
    abbreviations=listed("e.g i.e vs no nos fig approx dept etc inc ltd co"),
    articles=listed("""
        a an the this these those my your his her its our their whose every each no some any another both
        either neither all which what
    """),
    auxiliaries=listed("""
        am is are was were be been being will would shall should can could may might must do does did has
        have had not cannot never i'm you're we're they're it's i've you've we've they've i'll you'll we'll
        they'll it'll he's she's that's there's i'd you'd we'd they'd isn't aren't wasn't weren't won't
        wouldn't shouldn't can't couldn't don't doesn't didn't hasn't haven't hadn't mustn't
    """),
    conjunctions=listed("""
        and or but nor so yet because although though while whereas if unless until when whenever where
        wherever since which who whom whose that whether than how why what once
    """),
    prepositions=listed("""
        of in on at by for with from to into onto over under about after before between through during
        without within across against among around behind below beneath beside beyond inside near off
        outside per past till toward towards upon via as like above along despite except
    """),
    particles=listed("up out off down away back together apart"),
    subjects=listed("i you he she we they it there who"),
    degrees=listed("""
        very too more most less least fewer quite rather almost only just even about roughly nearly exactly
        over under up than so as far much really fairly highly
    """),
    compares=listed("than"),
    adjectives=listed("""
        able actual additional annual available average bad basic best better big black blue brief bright
        broad busy central certain cheap clean clear close cold common complete constant correct critical
        current daily dark deep different difficult digital direct double early easy electric emergency
        empty entire essential exact excellent existing expensive external extra fair false familiar famous
        fast final financial fine first five-digit following foreign former free frequent fresh full further
        future general good great green grey half happy hard heavy helpful high hot huge human ideal
        important increasing individual initial inner internal international joint key known large last late
        latest legal light likely little local long loose lost low main major many maximum medium minimum
        minor mobile modern monthly more much multiple national natural necessary new next nice normal
        official old online only open opposite original other outer own particular past perfect permanent
        personal physical popular possible powerful present previous primary private professional proper
        public quick quiet random rare raw ready real recent red regular related reliable remote right safe
        same secret secure senior separate serious several shared sharp short significant similar simple
        single slow small smart smooth social soft solid special specific standard steady straight strange
        strict strong sudden suitable sure sweet tall technical temporary thick thin tight tiny top total
        true typical unique unused urgent useful usual valid various virtual visible visual warm weak weekly
        white whole wide wild wrong yearly young
    """),
    adjective_endings=(
        "al",
        "ic",
        "ive",
        "ous",
        "ful",
        "less",
        "able",
        "ible",
        "ary",
        "est",
        "ed",
        "ing",
        "ern",
        "ese",
    ),
    units=_MONTHS
    | listed("""
        pounds pence euros euro dollars dollar cents hundred thousand million billion trillion second
        seconds minute minutes hour hours day days week weeks month months year years metre metres meters
        kilometre kilometres kilometers mile miles gram grams kilo kilos inch inches degree degrees litre
        litres people times points characters megabytes gigabytes bytes volts watts
    """),
    counted=_MONTHS
    | listed("""
        page step figure chapter section version slide room number no part phase stage level line unit item
        floor extension monday tuesday wednesday thursday friday saturday sunday € £ $
    """),
    numerals=_NUMERALS,
    between_numbers=listed("and or to by past"),
    of=listed("of"),
)
