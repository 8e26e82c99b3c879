"""What the sandbox's members write: titles, descriptions, tags and comments in ten languages."""

LANGUAGES = ("en", "es", "fr", "de", "ja", "zh", "ar", "ru", "it", "pt")

# Topic → its name in the order of LANGUAGES, in the form that can stand alone.
_NAMES = {
    "cat": "cat gato chat Katze 猫 猫 قطة кошка gatto gato",
    "coffee": "coffee café café Kaffee コーヒー 咖啡 قهوة кофе caffè café",
    "rocket": "rocket cohete fusée Rakete ロケット 火箭 صاروخ ракета razzo foguete",
    "astronaut": "astronaut astronauta astronaute Astronautin 宇宙飛行士 宇航员 رائدة_فضاء космонавт "
    "astronauta astronauta",
    "horse": "horse caballo cheval Pferd 馬 马 حصان лошадь cavallo cavalo",
    "galaxy": "galaxy galaxia galaxie Galaxie 銀河 星系 مجرة галактика galassia galáxia",
    "retina": "retina retina rétine Netzhaut 網膜 视网膜 شبكية_العين сетчатка retina retina",
    "brick": "brick_wall muro_de_ladrillos mur_de_briques Ziegelmauer レンガの壁 砖墙 جدار_من_الطوب "
    "кирпичная_стена muro_di_mattoni muro_de_tijolos",
    "grass": "grass hierba herbe Gras 草 草 عشب трава erba grama",
    "gravel": "gravel grava gravier Kies 砂利 砾石 حصى гравий ghiaia cascalho",
    "moon": "moon luna lune Mond 月 月亮 قمر луна luna lua",
    "coin": "coins monedas pièces_de_monnaie Münzen 硬貨 硬币 عملات_معدنية монеты monete moedas",
    "motorcycle": "motorcycle motocicleta moto Motorrad オートバイ 摩托车 دراجة_نارية мотоцикл "
    "motocicletta motocicleta",
    "temple": "temple templo temple Tempel 寺 寺庙 معبد храм tempio templo",
    "flower": "flower flor fleur Blume 花 花 زهرة цветок fiore flor",
    "photographer": "photographer fotógrafo photographe Fotograf 写真家 摄影师 مصور фотограф fotografo fotógrafo",
    "clock": "clock reloj horloge Uhr 時計 时钟 ساعة часы orologio relógio",
    "page": "page página page Buchseite ページ 书页 صفحة страница pagina página",
}
NAMES: dict[str, dict[str, str]] = {
    topic: dict(zip(LANGUAGES, (name.replace("_", " ") for name in names.split()), strict=True))
    for topic, names in _NAMES.items()
}
TOPICS = tuple(NAMES)

# What members add in English beside the name itself.
TOPIC_TAGS: dict[str, tuple[str, ...]] = {
    "cat": ("animal", "pet", "feline", "whiskers"),
    "coffee": ("cup", "espresso", "drink", "breakfast"),
    "rocket": ("launch", "space", "launch pad", "spaceflight"),
    "astronaut": ("portrait", "space", "space suit", "woman"),
    "horse": ("animal", "silhouette", "black and white"),
    "galaxy": ("space", "stars", "deep field", "astronomy"),
    "retina": ("eye", "medicine", "fundus"),
    "brick": ("wall", "texture", "pattern"),
    "grass": ("green", "texture", "lawn"),
    "gravel": ("stones", "texture", "ground"),
    "moon": ("crater", "astronomy", "space"),
    "coin": ("money", "ancient", "collection"),
    "motorcycle": ("motorbike", "garage", "vehicle"),
    "temple": ("china", "architecture", "roof", "travel"),
    "flower": ("nature", "garden", "macro", "dahlia"),
    "photographer": ("man", "camera", "tripod", "black and white"),
    "clock": ("time", "motion blur", "wall"),
    "page": ("text", "book", "scan"),
}

# "{}" is the topic's name; forms are chosen so that it may stay as it is.
TITLES: dict[str, tuple[str, ...]] = {
    "en": ("{}", "{} in the morning light", "One more picture: {}", "{} (2)"),
    "es": ("{}", "{} con luz de mañana", "Otra foto: {}"),
    "fr": ("{}", "{} à la lumière du matin", "Encore une photo : {}"),
    "de": ("{}", "{} im Morgenlicht", "Noch ein Bild: {}"),
    "ja": ("{}", "朝の光の中の{}", "{}の写真"),
    "zh": ("{}", "晨光中的{}", "又一张{}照片"),
    "ar": ("{}", "{} في ضوء الصباح", "صورة أخرى: {}"),
    "ru": ("{}", "{} в утреннем свете", "Ещё один снимок: {}"),
    "it": ("{}", "{} nella luce del mattino", "Un'altra foto: {}"),
    "pt": ("{}", "{} na luz da manhã", "Mais uma foto: {}"),
}
_LINK = '<a href="https://www.flickr.com/explore/" rel="noreferrer nofollow">{}</a>'
DESCRIPTIONS: dict[str, tuple[str, ...]] = {
    "en": (
        "",
        "{}. Taken on a quiet day, without flash.",
        f"{{}}.\n\n{_LINK.format('More pictures')} &amp; <b>thank you</b> for looking 🙂",
    ),
    "es": ("", "{}. Hecha en un día tranquilo, sin flash.", f"{{}}.\n\n{_LINK.format('Más fotos')}"),
    "fr": ("", "{}. Prise un jour tranquille, sans flash.", f"{{}}.\n\n{_LINK.format('Plus de photos')}"),
    "de": ("", "{}. An einem ruhigen Tag aufgenommen, ohne Blitz.", f"{{}}.\n\n{_LINK.format('Mehr Bilder')}"),
    "ja": ("", "{}。静かな日に撮りました。", f"{{}}。\n\n{_LINK.format('ほかの写真')}"),
    "zh": ("", "{}。在安静的一天拍摄。", f"{{}}。\n\n{_LINK.format('更多照片')}"),
    "ar": ("", "{}. التقطت في يوم هادئ.", f"{{}}.\n\n{_LINK.format('المزيد من الصور')}"),
    "ru": ("", "{}. Снято в тихий день, без вспышки.", f"{{}}.\n\n{_LINK.format('Ещё снимки')}"),
    "it": ("", "{}. Scattata in un giorno tranquillo.", f"{{}}.\n\n{_LINK.format('Altre foto')}"),
    "pt": ("", "{}. Tirada num dia calmo, sem flash.", f"{{}}.\n\n{_LINK.format('Mais fotos')}"),
}
GENERAL_TAGS: dict[str, tuple[str, ...]] = {
    "en": ("photo", "light"),
    "es": ("foto", "luz"),
    "fr": ("photo", "lumière"),
    "de": ("Foto", "Licht"),
    "ja": ("写真", "光"),
    "zh": ("照片", "光"),
    "ar": ("صورة", "ضوء"),
    "ru": ("фото", "свет"),
    "it": ("foto", "luce"),
    "pt": ("foto", "luz"),
}
COMMENTS: dict[str, tuple[str, ...]] = {
    "en": ("Great shot!", "<b>Wonderful light</b> &amp; colours.", "I was there too, years ago."),
    "es": ("¡Qué buena foto!", "Me encanta la luz."),
    "fr": ("Très belle photo !", "J'aime beaucoup <i>la lumière</i>."),
    "de": ("Tolles Bild!", "Schönes Licht."),
    "ja": ("素敵な写真ですね。", "光がきれいです。"),
    "zh": ("拍得真好！", "光线很美。"),
    "ar": ("صورة رائعة!", "الضوء جميل."),
    "ru": ("Отличный снимок!", "Прекрасный свет."),
    "it": ("Bella foto!", "Che luce splendida."),
    "pt": ("Bela foto!", "Adoro a luz."),
}
# What cameras and phones write by themselves, with the topic it belongs to (None: any).
MACHINE_TAGS: tuple[tuple[str | None, str], ...] = (
    (None, ""),
    (None, "uploaded:by=flickrmobile flickriosapp:filter=nofilter"),
    (None, "flickrandroidapp:filter=none"),
    ("cat", 'taxonomy:binomial="Felis catus" taxonomy:genus=felis'),
    ("horse", "taxonomy:genus=equus"),
)


def capital(name: str) -> str:
    """`name` with a first capital, where its script has capitals."""
    return name[:1].upper() + name[1:]
