"""Units, currencies and magnitudes, and what they are called."""

from __future__ import annotations

CURRENCIES = {
    "£": ("pound", "pounds", "penny", "pence"), "$": ("dollar", "dollars", "cent", "cents"),
    "€": ("euro", "euros", "cent", "cents"), "¥": ("yen", "yen", "sen", "sen"),
    "₹": ("rupee", "rupees", "paisa", "paise"),
}  # fmt: skip
"""One of it, many of it, one hundredth of it, many hundredths."""

CODES = {
    "GBP": "£", "USD": "$", "EUR": "€", "JPY": "¥", "INR": "₹", "US$": "$", "A$": "$", "C$": "$",
}  # fmt: skip
"""Currencies written in letters."""

MAGNITUDES = {
    "k": "thousand", "m": "million", "mn": "million", "bn": "billion", "b": "billion", "tn": "trillion",
    "thousand": "thousand", "million": "million", "billion": "billion", "trillion": "trillion",
}  # fmt: skip
"""What a number is multiplied by."""

UNITS = {
    "B": "byte|bytes", "KB": "kilobyte|kilobytes|k b|k", "kB": "kilobyte|kilobytes|k b|k",
    "MB": "megabyte|megabytes|m b|meg|megs", "GB": "gigabyte|gigabytes|g b|gig|gigs",
    "TB": "terabyte|terabytes|t b", "PB": "petabyte|petabytes|p b", "MiB": "mebibyte|mebibytes|megabytes",
    "GiB": "gibibyte|gibibytes|gigabytes", "kbps": "kilobit per second|kilobits per second|k b p s",
    "Mbps": "megabit per second|megabits per second|megabits a second|megabits|m b p s|meg",
    "Gbps": "gigabit per second|gigabits per second|gigabits a second|gigabits|gigabit|g b p s",
    "Mb": "megabit|megabits|m b", "Gb": "gigabit|gigabits|g b", "Kb": "kilobit|kilobits",
    "Mbit": "megabit|megabits", "Gbit": "gigabit|gigabits",
    "fps": "frame per second|frames per second|frames a second|f p s",
    "dpi": "dot per inch|dots per inch|d p i", "px": "pixel|pixels|p x", "MP": "megapixel|megapixels|m p",
    "rpm": "revolution per minute|revolutions per minute|r p m", "pt": "point|points|p t",
    "km": "kilometre|kilometres|k|k m", "m": "metre|metres|million|m", "cm": "centimetre|centimetres|c m",
    "mm": "millimetre|millimetres|mil|m m|mill", "µm": "micron|microns|micrometres",
    "nm": "nanometre|nanometres", "mi": "mile|miles", "ft": "foot|feet", "yd": "yard|yards",
    "yds": "yard|yards", "ha": "hectare|hectares", "kg": "kilogram|kilograms|kilos|kilo|k g",
    "g": "gram|grams|g", "mg": "milligram|milligrams", "t": "tonne|tonnes", "lb": "pound|pounds",
    "lbs": "pound|pounds", "oz": "ounce|ounces", "st": "stone|stone", "l": "litre|litres",
    "L": "litre|litres", "ml": "millilitre|millilitres|mil|mils", "cl": "centilitre|centilitres",
    "kWh": "kilowatt hour|kilowatt hours|k w h", "MWh": "megawatt hour|megawatt hours",
    "Wh": "watt hour|watt hours", "kW": "kilowatt|kilowatts|k w", "MW": "megawatt|megawatts",
    "GW": "gigawatt|gigawatts", "W": "watt|watts|w", "V": "volt|volts|v", "kV": "kilovolt|kilovolts",
    "A": "amp|amps|a", "mA": "milliamp|milliamps", "mAh": "milliamp hour|milliamp hours",
    "Hz": "hertz|hertz", "kHz": "kilohertz|kilohertz", "MHz": "megahertz|megahertz",
    "GHz": "gigahertz|gigahertz", "dB": "decibel|decibels|d b", "N": "newton|newtons",
    "kJ": "kilojoule|kilojoules", "J": "joule|joules", "kcal": "kilocalorie|kilocalories|calories",
    "psi": "p s i|pounds per square inch", "Pa": "pascal|pascals", "kPa": "kilopascal|kilopascals",
    "mph": "mile per hour|miles per hour|miles an hour|m p h",
    "kph": "kilometre per hour|kilometres per hour|k p h",
    "kmh": "kilometre per hour|kilometres per hour|kilometres an hour",
    "mpg": "mile per gallon|miles per gallon|m p g", "s": "second|seconds|s", "sec": "second|seconds",
    "secs": "second|seconds", "ms": "millisecond|milliseconds", "min": "minute|minutes",
    "mins": "minute|minutes", "h": "hour|hours|h", "hr": "hour|hours", "hrs": "hour|hours",
    "d": "day|days|d", "wk": "week|weeks", "wks": "week|weeks", "yr": "year|years", "yrs": "year|years",
    "y": "year|years|y", "mo": "month|months", "mth": "month|months", "mths": "month|months",
    "°": "degree|degrees", "°C": "degree|degrees|degrees celsius|degrees centigrade|degrees c",
    "°F": "degree|degrees|degrees fahrenheit|degrees f", "%": "percent|percent|per cent",
    "p": "penny|pence|p", "c": "cent|cents|c", "bn": "billion|billion", "x": "times|times|x|by",
    "×": "times|times|by", "k": "thousand|thousand|k", "K": "k|k|thousand", "M": "million|million|m|meg",
    "G": "g|g|gig|gigs", "D": "d|d", "+": "plus|plus|or more|and over", "pp": "page|pages",
    "pcs": "piece|pieces", "ppm": "p p m|parts per million", "tn": "trillion|trillion",
    "mn": "million|million", "bit": "bit|bits", "in": "inch|inches", "ins": "inch|inches",
}  # fmt: skip
"""One of it, many of it, and what else is said, parted by ``|``."""

OFTEN_WORDS = frozenset(
    {
        "A", "B", "D", "N", "a", "bit", "c", "d", "g", "h", "in", "l", "p", "s", "st", "t", "x", "y",
    }
)  # fmt: skip
"""Units that are more often a word, even beside a number."""

NEVER_ALONE = frozenset({"in", "ins", "A", "bit", "d", "y", "B", "N"})
"""Units only where no space is before them: ``5in``."""

WITHOUT_CASE = {unit.lower(): unit for unit in reversed(UNITS) if len(unit) > 1}
"""Units by their lower case: people write ``Kwh``."""

POWERS = {
    "\u00b2": ("square", "squared"), "\u00b3": ("cubic", "cubed"),
}  # fmt: skip
"""What is said before a unit, or behind it."""

PER = {
    "s": "second", "h": "hour", "hr": "hour", "d": "day", "w": "week", "wk": "week", "m": "month",
    "mo": "month", "mth": "month", "y": "year", "yr": "year", "min": "minute", "p": "person", "pa": "annum",
}  # fmt: skip
"""What something is counted by, where it is written short: ``£5/mth``."""
