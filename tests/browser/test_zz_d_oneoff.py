import json, re
from tests.browser.chromium import sign_in
from tests.browser.pages import pages
from tests.browser.test_a11y import AXE, AT_ONCE, MODES, PLAIN, RUN, WIDE
from tests.browser.test_certificates import stand_still
NEW = {"certificate-initials","wallet","issued","issued-none","withdraw","attendance","failed","dashboard-failed","check","dashboard","course-desk-printed","lesson"}
def test_new(city, chromium):
    found = {}
    chosen = [p for p in pages(city) if p.name in NEW]
    for width in (1280, 360, 320):
        for role in sorted({p.role for p in chosen}):
            ctx = chromium.new_context(viewport={"width": width, "height": 800}, bypass_csp=True, locale="de-DE")
            if role: sign_in(ctx.new_page(), city, role)
            tab = ctx.new_page()
            def look(name):
                tab.add_style_tag(content=AT_ONCE)
                if width != 320:
                    for mode in ("light","dark"):
                        tab.emulate_media(**PLAIN | MODES[mode])
                        tab.screenshot(path=f"/tmp/d-shots/{name}-{width}-{mode}.png", full_page=name!="issued" and name!="attendance")
                tab.add_script_tag(path=AXE)
                for mode, media in MODES.items():
                    tab.emulate_media(**PLAIN | media)
                    if v := tab.evaluate(RUN): found[f"{name} {width} {mode}"] = v
                if tab.evaluate(WIDE): found[f"{name} {width}"] = "wide"
            for p in (p for p in chosen if p.role == role):
                tab.goto(city.url + p.path); look(p.name)
                if p.name == "certificate-initials":
                    tab.get_by_label("Vor- und Nachname").fill("Ute Anders"); tab.keyboard.press("Enter"); tab.locator("#name [role=status]").wait_for(); look("name-no")
                if p.name == "wallet":
                    for d in tab.locator("details.ls-more").all(): d.locator("summary").click()
                    look("wallet-open")
            if role == "learner":
                tab.route("**/*.pdf?*", stand_still)
                tab.goto(f"{city.url}/konto/nachweise/{city.facts['certificate_token']}.pdf?sprache=en&warten=1"); look("making")
            if role == "":
                pdf = tab.request.get(f"{city.url}/z/{city.facts['certificate_token']}.pdf").body()
                bad = bytearray(pdf); bad[len(bad)//2] ^= 1
                for n, c in (("good", pdf), ("bad", bytes(bad))):
                    tab.goto(f"{city.url}/pruefen/")
                    tab.set_input_files("#datei", {"name":"nachweis.pdf","mimeType":"application/pdf","buffer":c})
                    tab.get_by_role("button", name="Datei prüfen").click(); tab.locator(".ls-verdict").wait_for(); look(f"examined-{n}")
                tab.goto(f"{city.url}/pruefen/")
                tab.set_input_files("#datei", {"name":"x.txt","mimeType":"text/plain","buffer":b"hallo"})
                tab.get_by_role("button", name="Datei prüfen").click(); tab.locator(".ls-field__error").wait_for(); look("check-file-error")
                got = tab.request.get(f"{city.url}/pruefen/ohne-netz/").body(); open("/tmp/d-offline.html","wb").write(got)
                off = ctx.new_page(); off.goto("file:///tmp/d-offline.html")
                from tests.browser.test_certificates import address_in_code, put_in
                put_in(off, address_in_code(city, city.facts["certificate_token"])); off.locator("h2.ok").wait_for()
                t0, tab = tab, off
                look("offline"); tab = t0
            ctx.close()
    print(json.dumps(found, indent=1, ensure_ascii=False))
    assert found == {}
