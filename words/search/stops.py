"""Words that carry no meaning of their own: left out of cards (those of the card's language) and of questions (all of them)."""

from words.search.letters import cleaned


def _listed(text: str) -> frozenset[str]:
    """As they are looked for; German ones in both spellings of their umlauts."""
    words = set(cleaned(text).split())
    spelt = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
    return frozenset(words | {word.translate(spelt) for word in words})


GERMAN = _listed("""
aber all alle allem allen aller alles als also am an und ander andere anderen auch auf aus bei beim bin bis bist bitte da dabei damit
danach dann daran darauf darf darfst darin das dass dazu dein deine dem den denn der des deshalb dich die dies diese diesem diesen dieser
dieses dir doch dort du durch dürfen ein eine einem einen einer eines einmal er es etwa etwas euch euer für gar gegen ganz gibt gern hab
habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins irgend ist ja je jede jedem
jeden jeder jedes jetzt kann kannst können könnte man mehr mein meine meinem meinen meiner meines mich mir mit muss musst müssen nach nicht
nichts noch nun nur ob oder oft ohne schon sehr sein seine seinem seinen seiner selbst sich sie sind so soll sollen sollte sondern sonst
über um uns unser unter viel viele vielen vom von vor wann war waren warum was wegen weil welche welchem welchen welcher welches wem
wen wenn wer werde werden wie wieder wieso will wir wird wo wofür woran worauf worum woher wohin womit worden wozu wurde würde zu zum zur zwischen
""")
ENGLISH = _listed(
    "the a an of to in on for with my your how do does i is are it what can want be this that me or not from at as by"
)
#: Nobody knows the language of a question. A card's is known, so "CAN" stays a word of a German card.
ALL = (
    GERMAN
    | ENGLISH
    | _listed("""
nasıl bir ve ile için ne mi mı bu ben istiyorum nedir
як що це на та до для і я мій мені по з в у чи хочу
как что это и на в с со по для из мой мне мою моей я хочу где о об
كيف ما هو هي في من الى على عن مع انا هل كيفيه اريد
cum ce este un o pe la cu de si in din imi meu mea vreau sa
چگونه چطور چیست از به با در که را می من است برای
""")
)
#: Words of every second question and course: they count only where nothing else was said.
WEAK = _listed("""
kurs kurse lernen lerne zeigen erklären hilfe helfen funktioniert geht gehen mache machen macht möchte mochte bekomme bekommen brauche
brauchen benutzen nutzen tun sagen stelle stellen bedeutet heisst richtig neu neue neues gut gute guter einfach schritt anleitung
using use create make get learn course help kursu öğrenmek kullanımı kullanmak yazılır yapılır курс курсы навчання обучение
curs دوره دورة تعلم آموزش
""")
