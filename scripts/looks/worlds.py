"""The worlds a video is drawn for: scripts, lengths of names, brands and logos that differ."""

from __future__ import annotations

from dataclasses import dataclass

from ebrochure.model.service import Person


@dataclass(frozen=True, slots=True)
class World:
    """What one author might have dropped in."""

    name: str
    language: str
    service: str
    title: str
    chapters: tuple[str, ...]
    speaker: Person
    primary: str
    """The brand's colour, ``#rrggbb``."""
    logo: str
    """``kit``: the shipped one for light and for dark grounds; ``light``: only that for light grounds;
    ``wide``, ``tall``: of an odd shape; ``none``."""
    survey: str = "https://forms.example.org/vpn"


WORLDS = (
    World(
        "plain",
        "en",
        "Remote access",
        "Remote access in two minutes",
        ("What it is for", "Sign in from anywhere", "When it does not work", "What comes next"),
        Person("Priya Shah", "Business liaison, Network Services", "priya.shah@example.org"),
        "#0b4f5c",
        "kit",
    ),
    World(
        "long",
        "de",
        "Rindfleischetikettierungsüberwachungsaufgabenübertragung und verwandte Dienste",
        "Wie die Fernmessung im Einzugsgebiet jeden Stausee, jede Pumpe und jedes Klärwerk im Blick behält, "
        "bei Tag und bei Nacht",
        (
            "Was der Dienst leistet und für wen er gedacht ist, wenn sonst nichts mehr geht",
            "Grenzen",
            "Ausblick",
        ),
        Person(
            "Dr.-Ing. Maximiliane Freifrau von Hohenstaufen-Wittelsbach",
            "Stellvertretende Leiterin der Abteilung für Netzdienste, Fernmessung und Versorgungssicherheit",
            "maximiliane.von-hohenstaufen-wittelsbach@fernmessung.example.org",
        ),
        "#f4efe6",
        "kit",
        "https://umfragen.example.org/dienste/fernmessung?einrichtung=klaerwerk-nord&sprache=de&jahr=2026",
    ),
    World(
        "arabic",
        "ar",
        "الوصول عن بُعد",
        "الوصول عن بُعد (VPN) في دقيقتين: اعمل بأمان من أي مكان",
        ("ما الغرض منه", "تسجيل الدخول من أي مكان", "عندما لا يعمل"),
        Person("ليلى عبد الرحمن", "مسؤولة الاتصال، خدمات الشبكة", "layla@example.org"),
        "#14532d",
        "kit",
    ),
    World(
        "hebrew",
        "he",
        "גישה מרחוק",
        "גישה מרחוק בשתי דקות",
        ("למה זה טוב", "כניסה מכל מקום"),
        Person("נועה כהן", "מנהלת קשרי לקוחות, שירותי רשת", "noa.cohen@example.org"),
        "#1d3a8a",
        "none",
    ),
    World(
        "japanese",
        "ja",
        "リモートアクセス",
        "どこからでも安全に働くためのリモートアクセスを2分でわかりやすく説明します",
        ("できること", "どこからでもサインイン", "つながらないときは"),
        Person("山田 花子", "ネットワークサービス担当", "hanako.yamada@example.org"),
        "#c8102e",
        "light",
    ),
    World(
        "chinese",
        "zh-Hans",
        "远程访问 🌍",
        "两分钟了解远程访问 🚀 随时随地安全办公",
        ("它能做什么 💡", "随时随地登录", "无法连接时"),
        Person("王小明 👩‍💻", "网络服务联络人", "xiaoming.wang@example.org"),
        "#ffd400",
        "wide",
    ),
    World(
        "middling",
        "fr",
        "Accès à distance",
        "L'accès à distance, ça marche comment ? ☎️",
        ("À quoi ça sert", "Se connecter"),
        Person("Žofie Đặng-Łukasiewicz", "Chargée de liaison — services réseau", "zofie@example.org"),
        "#7a7a7a",
        "tall",
    ),
)
