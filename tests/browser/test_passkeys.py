"""A passkey from being made to signing in with it, in Chromium with an authenticator that is not made of metal."""

import re

from playwright.sync_api import expect

from tests.browser.letters import PASSWORD, sign_up


def give_device(page, **options):
    """A device in `page` that makes and keeps passkeys, and unlocks as if somebody had put a finger on it."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    made = tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
            | options
        },
    )
    return tools, made["authenticatorId"]


def kept(device):
    """The passkeys on the device."""
    tools, identity = device
    return tools.send("WebAuthn.getCredentials", {"authenticatorId": identity})["credentials"]


def add_passkey(page, city, *, name):
    page.goto(f"{city.url}/konto/")
    page.get_by_role("link", name="Passkeys ansehen und hinzufügen").click()
    page.get_by_role("link", name="Passkey hinzufügen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sind Sie es?")
    page.get_by_label("Passwort").first.fill(PASSWORD)
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label(re.compile("^Name")).fill(name)
    expect(page.get_by_label("Mit diesem Passkey ganz ohne Passwort anmelden")).to_be_checked()
    page.get_by_role("button", name="Passkey anlegen").click()


def sign_out(page, city):
    page.goto(f"{city.url}/konto/")
    page.get_by_role("button", name="Abmelden").click()
    page.goto(f"{city.url}/lernen/")
    expect(page).to_have_url(re.compile("/konto/anmelden/"))


def test_somebody_signs_in_with_her_passkey_alone(city, page):
    wrong = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    device = give_device(page)
    page.goto(f"{city.url}/konto/neu/")
    sign_up(page, city, "petra@lernende.example", "Petra Schlüssel")
    add_passkey(page, city, name="Mein Handy")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Codes|Passkeys"))
    assert [credential["rpId"] for credential in kept(device)] == ["localhost"]
    sign_out(page, city)

    page.get_by_role("button", name="Mit Passkey anmelden").click()
    expect(page).to_have_url(f"{city.url}/lernen/")
    page.goto(f"{city.url}/konto/")
    expect(page.get_by_text("petra@lernende.example")).to_be_visible()
    page.goto(f"{city.url}/konto/schutz/")
    expect(page.get_by_text("Sie haben 1 Passkey.")).to_be_visible()
    assert wrong == []


def test_a_device_that_says_no_is_explained(city, page):
    give_device(page, isUserVerified=False)
    page.goto(f"{city.url}/konto/anmelden/")
    note = page.get_by_role("alert")
    expect(note).to_have_count(0)
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    expect(note).to_contain_text("Das hat nicht geklappt.")
    expect(note).to_contain_text("mit Code oder Passwort")
    expect(note).to_be_focused()
