"""The picture of a card: its topic's drawing before shapes of its own, with a sign of what the course is about.

Two cards beside each other differ: in their topic, in their sign, or in the shapes, which follow from the course's key. Pure.
"""

import uuid
from collections.abc import Sequence

#: Shapes at both sides of the drawing, in the second colour of the provider; 160 by 104.
GROUNDS = (
    '<circle cx="16" cy="22" r="9"/><circle cx="34" cy="8" r="4"/><circle cx="146" cy="84" r="10"/>',
    '<path d="M0 92q20-16 40 0t40 0 40 0 40 0v12H0z"/>',
    '<path d="M4 20h22v6H4zM4 34h14v6H4zM134 64h22v6h-22zM142 78h14v6h-14z"/>',
    '<path d="m10 30 12-20 12 20zM126 92l12-20 12 20z"/>',
    '<rect x="6" y="8" width="20" height="20" rx="4"/><rect x="134" y="74" width="20" height="20" rx="4"/>',
    '<path d="M12 84a10 10 0 1 1 20 0zM128 20a10 10 0 1 1 20 0z"/>',
    '<path d="M0 0h30q-4 22-30 26zM160 104h-34q6-24 34-28z"/>',
    '<circle cx="10" cy="52" r="5"/><circle cx="26" cy="52" r="3"/><circle cx="150" cy="52" r="5"/><circle cx="134" cy="52" r="3"/>',
)
#: What a course is about, drawn 24 by 24 with lines.
SIGNS = {
    "phone": '<rect x="6" y="2" width="12" height="20" rx="2"/><path d="M11 18h2"/>',
    "screen": '<rect x="2" y="4" width="20" height="13" rx="2"/><path d="M8 21h8M12 17v4"/>',
    "mail": '<rect x="2" y="5" width="20" height="14" rx="2"/><path d="m2 7 10 7L22 7"/>',
    "film": '<rect x="2" y="6" width="13" height="12" rx="2"/><path d="m15 11 7-4v10l-7-4"/>',
    "talk": '<path d="M3 4h18v12H11l-5 5v-5H3z"/>',
    "photo": '<rect x="2" y="6" width="20" height="14" rx="2"/><circle cx="12" cy="13" r="4"/><path d="M8 6l2-3h4l2 3"/>',
    "key": '<circle cx="7" cy="15" r="5"/><path d="m11 12 10-9M17 6l4 4"/>',
    "shield": '<path d="M12 2l8 3v6c0 6-4 9-8 11-4-2-8-5-8-11V5z"/>',
    "cart": '<path d="M2 4h4l3 11h10l3-8H7"/><circle cx="10" cy="20" r="1.5"/><circle cx="18" cy="20" r="1.5"/>',
    "coin": '<circle cx="12" cy="12" r="9"/><path d="M16 8a5 5 0 1 0 0 8M6 11h7M6 13h7"/>',
    "day": '<rect x="3" y="5" width="18" height="16" rx="2"/><path d="M3 10h18M8 2v5M16 2v5"/>',
    "card": '<rect x="2" y="5" width="20" height="14" rx="2"/><circle cx="8" cy="11" r="2"/><path d="M5 16h6M14 10h5M14 14h5"/>',
    "spark": '<path d="M11 3l2 6 6 2-6 2-2 6-2-6-6-2 6-2zM19 15v6M16 18h6"/>',
    "news": '<path d="M3 4h15v16H5a2 2 0 0 1-2-2zM18 9h3v9a2 2 0 0 1-3 0M6 8h9M6 12h9M6 16h5"/>',
    "pen": '<path d="m4 20 1-5L16 4l4 4L9 19zM13 7l4 4"/>',
    "globe": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c-6 6-6 12 0 18 6-6 6-12 0-18"/>',
}
#: Concept -> sign. Its narrower ones are named where they come first on a card.
OF_CONCEPTS = {
    sign: keys.split()
    for sign, keys in {
        "phone": "smartphone newphone lostphone simcard gestures emergencycall app appstore",
        "screen": "computer device tablet screen settings textsize keyboard software office",
        "mail": "email emailaddress attachment spam bcc",
        "film": "videocall videoconference video streaming camera",
        "talk": "messenger groupchat socialmedia phonecall sms netiquette",
        "photo": "photos photoedit aiimages screenshot",
        "key": "password passwordmanager passkey twofactor pin account fingerprint screenlock",
        "shield": "security fraud phishing hacked virus privacy encryption",
        "cart": "onlineshopping order returns fakeshop secondhand ratings",
        "coin": "payment mobilepayment onlinebanking transfer",
        "day": "onlineappointment doctorappointment calendar",
        "card": "onlineid idcard egovernment authority",
        "spark": "ai aiassistant prompt aicheck robot",
        "news": "fakenews factcheck deepfake news",
        "pen": "writing presentation spreadsheet website-make",
        "globe": "internet browser website websearch wifi",
    }.items()
}
SIGN_OF = {key: sign for sign, keys in OF_CONCEPTS.items() for key in keys}


def drawing(art: str, course: uuid.UUID, concepts: Sequence[str]) -> str:
    """SVG for a box of 160 by 104. `art` is the symbol of the topic; `concepts` those of the card, the best first."""
    ground = GROUNDS[course.int % len(GROUNDS)]
    sign = next((SIGN_OF[key] for key in concepts if key in SIGN_OF), "")
    parts = [f'<g class="i-brand2">{ground}</g>', f'<use href="#{art}"/>']
    if sign:
        parts.append(
            '<circle class="i-white" cx="138" cy="22" r="19"/>'
            f'<g class="i-lineb i-sign" transform="translate(127 11) scale(.92)">{SIGNS[sign]}</g>'
        )
    return "".join(parts)
