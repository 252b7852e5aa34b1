"""What is written short and said long, and what is not said as it is spelt."""

from __future__ import annotations

ABBREVIATIONS = {
    "mr": "mister", "mrs": "missus", "ms": "ms", "mx": "mix|mucks", "dr": "doctor|drive",
    "prof": "professor", "rev": "reverend", "hon": "honourable", "sgt": "sergeant", "capt": "captain",
    "lt": "lieutenant", "col": "colonel", "jr": "junior", "snr": "senior", "sr": "senior", "esq": "esquire",
    "st": "saint|street", "rd": "road", "ave": "avenue", "mt": "mount", "vs": "versus|against|v",
    "v": "versus|v", "etc": "etcetera|and so on", "eg": "for example|e g|for instance", "ie": "that is|i e",
    "cf": "compare|c f", "nb": "n b|note", "viz": "namely", "approx": "approximately|around",
    "dept": "department", "depts": "departments", "govt": "government", "incl": "including|inclusive",
    "inc": "incorporated|including", "excl": "excluding|exclusive", "ltd": "limited", "co": "company|co",
    "corp": "corporation", "bros": "brothers", "plc": "p l c", "tel": "telephone", "ext": "extension",
    "est": "established|estimated", "max": "maximum|max", "min": "minimum|minutes|min", "ctrl": "control",
    "del": "delete|del", "esc": "escape", "cmd": "command|c m d", "wi": "why|wi", "fig": "figure",
    "figs": "figures", "vol": "volume", "vols": "volumes", "ch": "chapter", "sec": "section|second",
    "para": "paragraph", "pp": "pages", "ed": "edition", "ref": "reference|ref", "avg": "average",
    "qty": "quantity", "hr": "h r", "hrs": "hours", "mins": "minutes", "secs": "seconds",
    "yrs": "years", "wks": "weeks", "am": "a m|in the morning", "pm": "p m|in the afternoon|in the evening",
    "phd": "p h d", "ph": "p h", "asap": "a s a p|asap|as soon as possible", "aka": "a k a|also known as",
    "ok": "okay|o k", "okd": "okayed", "xmas": "christmas", "wifi": "wifi|why fi", "id": "i d|id",
    "ids": "i d's", "tv": "t v", "tvs": "t v's", "na": "n a|not applicable", "bc": "b c",
    "bce": "b c e", "ad": "a d|ad",
}  # fmt: skip
"""Short for something, with or without full stops, lower case; likelier ways first, parted by ``|``."""

ONLY_WITH_STOP = frozenset(
    {
        "ad", "am", "ave", "bc", "ch", "co", "col", "ed", "est", "fig", "figs", "hon", "inc", "lt", "mt",
        "na", "nb", "para", "ph", "rev", "sec", "v",
    }
)  # fmt: skip
"""Abbreviations only where a full stop is written: else they are words or letters."""

SELDOM = frozenset(
    {
        "del", "ext", "id", "ids", "max", "min", "ref", "tel", "vol",
    }
)  # fmt: skip
"""Abbreviations that are said as they are written at least as often, unless a full stop follows."""

LATE_NAMES = frozenset(
    {
        "mar", "may", "sat", "sun",
    }
)  # fmt: skip
"""Short names of days and months that are words."""

TRADE_WORDS = {
    "sql": "sequel|s q l", "mysql": "my sequel|my s q l", "jpeg": "jay peg|j peg", "jpg": "jay peg|j p g",
    "gif": "gif|jif", "gui": "gooey|g u i", "scsi": "scuzzy", "oauth": "oh auth|o auth",
    "authn": "auth en|auth n", "authz": "auth zed|auth zee", "saml": "sam el|saml", "nginx": "engine x",
    "ios": "i o s|i oh s", "faq": "f a q",
    "faqs": "f a q's", "docx": "doc x|d o c x", "xlsx": "x l s x|excel", "pptx": "p p t x",
    "csv": "c s v", "url": "u r l|earl", "urls": "u r l's|earls", "wysiwyg": "wizzy wig", "hvac": "h vac",
    "exe": "e x e", "png": "p n g|ping", "captcha": "cap cha", "tls": "t l s", "raid": "raid",
    "lan": "lan", "wan": "wan", "ram": "ram", "rom": "rom", "pin": "pin",
    "pins": "pins", "sim": "sim", "nasa": "nasa|nasser", "nato": "nato|nay toe",
    "unesco": "unesco|you nesco", "unicef": "unicef", "acas": "acas|aykass", "ofsted": "off sted",
    "ofcom": "off com", "ofgem": "off gem", "raci": "racy", "wcag": "w cag|w c a g", "saas": "sass|s a a s",
    "paas": "pass|p a a s", "iaas": "i a a s|eye as", "iot": "i o t", "swot": "swot", "iso": "i s o|iso",
    "ok": "okay|o k", "fido": "fido", "vat": "v a t|vat", "usb": "u s b", "hotfix": "hot fix",
    "cloudflare": "cloud flare",
}  # fmt: skip
"""Words of our trade that are not said as they are spelt; likelier ways first, parted by ``|``."""

COUNTED = frozenset(
    {
        "act", "annex", "appendix", "article", "book", "category", "chapter", "charles", "class",
        "division", "elizabeth", "figure", "george", "grade", "henry", "item", "james", "level", "module",
        "paragraph", "part", "phase", "rule", "scene", "schedule", "section", "stage", "step", "table",
        "tier", "type", "unit", "volume", "war",
    }
)  # fmt: skip
"""Words and names that a numeral of one letter follows."""

LITTLE = frozenset(
    {
        "an", "as", "at", "be", "by", "do", "go", "hr", "in", "is", "it", "me", "my", "no", "of", "on",
        "or", "so", "to", "uk", "up", "us", "we",
    }
)  # fmt: skip
"""Two letters that may be a word in words run together."""
