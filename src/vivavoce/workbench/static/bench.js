// What every page of the workbench has: what the rebuilding is doing, and how a decision is sent.
const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;

/** Send a form; what the server says: {saved, says}, or {wrong, earlier}. */
export async function send(action, fields) {
  try {
    const answer = await fetch(action, {
      method: "POST", body: new URLSearchParams({ ...fields, token: meta("token") }), headers: { accept: "application/json" },
    });
    if (answer.headers.get("content-type")?.includes("json")) return await answer.json();
    return { wrong: "Not saved: open the address again that vivavoce serve printed." };
  } catch {
    return { wrong: "Not saved: the workbench does not answer. Is vivavoce serve still running?" };
  }
}

/** Say a sentence where the page says such things. */
export function say(sentence, alarm = false) {
  const place = document.getElementById("said");
  place.textContent = sentence;
  place.classList.toggle("alarm", alarm);
}

/** Whether a key is typed into something. */
export const typing = (event) =>
  event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select");

const words = { due: "Saved; the archive follows after a pause.", waiting: "Waiting for another process that holds this project; decisions are saved meanwhile." };

async function watch() {
  const place = document.getElementById("state");
  try {
    const now = await (await fetch("/state.json", { headers: { accept: "application/json" } })).json();
    const reading = now.of ? `Reading: ${now.done} of ${now.of} sources.` : "Reading again.";
    const told = now.doing === "reading" ? reading : now.doing === "stopped" ? now.says : words[now.doing] ?? "";
    const newer = now.generation !== meta("generation");
    // A page that shows by itself what is new says so (`taken`), and is asked again until it has.
    const taken = !dispatchEvent(new CustomEvent("generation", { cancelable: true, detail: { ...now, newer } }));
    if (newer && !taken && !told && !document.body.classList.contains("review")) {
      place.innerHTML = "";
      const link = Object.assign(document.createElement("a"), { href: location.href, textContent: "Read again; show what is new" });
      place.append(link);
    } else if (place.textContent !== told) place.textContent = told;
  } catch {
    place.textContent = "The workbench does not answer. What was said to be saved is on your disk.";
  }
  setTimeout(watch, document.hidden ? 5000 : 1000);
}

for (const part of document.querySelectorAll(".needs-script")) part.hidden = false;
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !typing(event) && event.target === document.body) document.querySelector(".main-way")?.click();
});
addEventListener("keydown", (event) => {
  const help = document.getElementById("help");
  if (typing(event) || help?.open) return;
  if (event.key === "?" && help) help.showModal();
  else if (event.key === "/") {
    event.preventDefault();
    const field = document.getElementById("q");
    if (field) field.select();
    else location.href = "/search";
  }
});
watch();
