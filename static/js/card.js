// The key card's QR code leads here with number and words behind the #. They go into the form and out of the address,
// and nothing is sent: whose device it is, and that it is them, they say themselves.
const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-card]"));
const SIGNS = /^([0-9A-Z]{6})-([a-z]+)-([a-z]+)-([a-z]+)-([a-z]+)$/;

function fill(text) {
  const read = SIGNS.exec(text);
  if (!read) return false;
  const [, number, ...words] = read;
  form.elements.number.value = number;
  words.forEach((word, place) => (form.elements[`word${place + 1}`].value = word));
  const said = document.querySelector("[data-card-read]");
  said.hidden = false;
  const chosen = form.querySelector("[name=where]:checked");
  (chosen ? form.querySelector("[type=submit]") : form.querySelector("[name=where]")).focus();
  return true;
}

function fromAddress() {
  const secret = decodeURIComponent(location.hash.slice(1));
  if (secret && fill(secret)) history.replaceState(history.state, "", location.pathname + location.search);
}
fromAddress();
addEventListener("hashchange", fromAddress);

const scan = document.querySelector("[data-scan]");
if (scan && "BarcodeDetector" in window && navigator.mediaDevices) {
  const button = scan.querySelector("button");
  const label = button.querySelector(".kern-label");
  const video = scan.querySelector("video");
  const says = scan.querySelector("[data-scan-says]");
  const open = label.textContent;
  let camera = null;
  scan.hidden = false;

  const close = () => {
    camera?.getTracks().forEach((track) => track.stop());
    camera = null;
    video.srcObject = null;
    video.hidden = true;
    label.textContent = open;
  };
  const look = async (detector) => {
    if (!camera) return;
    const codes = await detector.detect(video).catch(() => []);
    for (const code of codes) {
      if (fill(code.rawValue.split("#")[1] ?? "")) {
        says.textContent = "";
        return close();
      }
      says.textContent = says.dataset.other;
    }
    setTimeout(look, 250, detector);
  };
  button.addEventListener("click", async () => {
    if (camera) return close();
    try {
      camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = camera;
      video.hidden = false;
      await video.play();
      label.textContent = button.dataset.close;
      look(new BarcodeDetector({ formats: ["qr_code"] }));
    } catch {
      close();
      says.textContent = says.dataset.none;
    }
  });
  addEventListener("pagehide", close);
}
