// What the page does beside being read: it follows the folder, filters the list, seals and reveals, and counts time.
// What is typed stays in the variables of this file; nothing of it is sent, and nothing is kept when the page is left.

const page = () => document.getElementById("page");
const about = () => document.querySelector("[data-about]")?.dataset.about ?? "";

function tell(words) {
  const said = document.getElementById("said");
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = words; });
}

// -- Pages that follow: one is fetched, and takes the place of what is shown

const typed = new Map(); // what stands in a field, by what the page is about and the id of the field
const opened = new Map(); // which details are open
let asked = 0;

const named = (id) => `${about()}#${id}`;

function keep() {
  for (const field of page().querySelectorAll("textarea[id], input[type=radio][id], input[type=search][id]")) {
    typed.set(named(field.id), field.type === "radio" ? field.checked : field.value);
  }
  for (const one of page().querySelectorAll("details[id]")) opened.set(named(one.id), one.open);
}

function putBack() {
  for (const field of page().querySelectorAll("textarea[id], input[type=radio][id], input[type=search][id]")) {
    const value = typed.get(named(field.id));
    if (value === undefined) continue;
    if (field.type === "radio") field.checked = value; else field.value = value;
  }
  for (const one of page().querySelectorAll("details[id]")) one.open = opened.get(named(one.id)) ?? one.open;
}

async function fetched(address) {
  const number = ++asked;
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (number !== asked) return null; // a later one is under way
  return other.getElementById("page") ? other : null;
}

function show(other) {
  keep();
  document.title = other.title;
  document.documentElement.dir = other.documentElement.dir;
  document.body.dataset.version = other.body.dataset.version;
  page().replaceChildren(...other.getElementById("page").childNodes);
  putBack();
  begin();
}

// The same page again, with all that people did on it: scroll, focus, what is selected, what is typed.
async function follow() {
  const other = await fetched(location.href);
  if (!other) return;
  const map = document.getElementById("map");
  const [x, y] = [scrollX, scrollY];
  const inMap = map ? [map.scrollLeft, map.scrollTop] : null;
  const focused = document.activeElement;
  const selection = focused && "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null;
  const where = focused && page().contains(focused) ? focused.id || focused.getAttribute("href") : "";
  show(other);
  const again = where && (document.getElementById(where) ?? page().querySelector(`[href="${CSS.escape(where)}"]`));
  if (again) {
    again.focus({ preventScroll: true });
    if (selection && selection[0] !== null && "setSelectionRange" in again) again.setSelectionRange(...selection);
  }
  if (inMap) document.getElementById("map")?.scrollTo(...inMap);
  scrollTo({ left: x, top: y, behavior: "instant" });
  const count = document.querySelector(".count")?.textContent ?? "0";
  live(`Shows what was saved last: ${count === "0" ? "no problems" : count === "1" ? "1 problem" : `${count} problems`}.`);
}

// A step further in an exercise or a story.
async function go(address) {
  const other = await fetched(address).catch(() => null);
  if (!other) {
    location.assign(address);
    return;
  }
  show(other);
  const here = document.getElementById("here");
  here?.scrollIntoView({ block: "nearest" });
  here?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-soft]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  go(link.href);
});
addEventListener("popstate", () => go(location.href));

// -- The folder: an event for every change

const live = (words) => { document.getElementById("live").textContent = words; };

let changes = null;
let lost = false;

// A browser keeps few connections to one place: a page that nobody looks at lets go of its own, and asks when it is back.
function listen() {
  changes?.close();
  changes = document.visibilityState === "hidden" ? null : new EventSource(`/changes?seen=${document.body.dataset.version}`);
  changes?.addEventListener("changed", (event) => {
    if (event.data !== document.body.dataset.version) follow().catch(() => {});
  });
  changes?.addEventListener("error", () => {
    lost = true;
    live("The preview has stopped; changes do not show. Start it again: intimacy-kit preview");
  });
  changes?.addEventListener("open", () => {
    if (lost) live("The preview is back.");
    lost = false;
  });
}

document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => changes?.close());
addEventListener("pageshow", (event) => { if (event.persisted) listen(); });

// -- The list: what is chosen goes into the address, and the answer takes the place of the list

let waiting = 0;

async function filter(form) {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const address = query.size ? `/?${query}` : "/";
  history.replaceState(null, "", address);
  const other = await fetched(address).catch(() => null);
  const results = other?.getElementById("results");
  if (results) document.getElementById("results").replaceChildren(...results.childNodes);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("#filter");
  if (!form) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => filter(form), event.target.type === "search" ? 150 : 0);
});
document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.id === "filter") filter(event.target);
});

// -- Two people and a prompt: each writes and seals; when both agree, both are shown at once

const tables = new Map();

const tableOf = (key) => {
  if (!tables.has(key)) tables.set(key, { A: { words: "", state: "writing" }, B: { words: "", state: "writing" } });
  return tables.get(key);
};

function draw(table) {
  const sides = tableOf(table.dataset.table);
  for (const pane of table.querySelectorAll("[data-pane]")) {
    const { state } = sides[pane.dataset.pane];
    for (const part of pane.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
    pane.querySelector("[data-other]").hidden = state === "shown";
    for (const one of pane.querySelectorAll("[data-words]")) {
      one.textContent = state === "shown" ? sides[one.dataset.words].words : "";
    }
  }
}

const moves = {
  seal(side, pane, person) {
    const field = pane.querySelector("textarea");
    if (!field.value.trim()) {
      pane.querySelector("[data-hint]").textContent = "Write something first; a word is enough.";
      field.focus();
      return "";
    }
    Object.assign(side, { words: field.value, state: "sealed" });
    field.value = "";
    return `sealed-${person}`;
  },
  agree(side, pane, person, sides) {
    side.state = "agreed";
    if (sides.A.state !== "agreed" || sides.B.state !== "agreed") return `agreed-${person}`;
    sides.A.state = sides.B.state = "shown";
    tell("Both answers are shown.");
    return `shown-${person}`;
  },
  open(side, pane, person) {
    pane.querySelector("textarea").value = side.words;
    Object.assign(side, { words: "", state: "writing" });
    return `words-${person}`;
  },
  again(side, pane, person, sides) {
    for (const one of [sides.A, sides.B]) Object.assign(one, { words: "", state: "writing" });
    return `words-${person}`;
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-table] [data-do]");
  if (!button) return;
  const table = button.closest("[data-table]");
  const pane = button.closest("[data-pane]");
  const sides = tableOf(table.dataset.table);
  const person = pane.dataset.pane;
  const to = moves[button.dataset.do](sides[person], pane, person, sides);
  draw(table);
  if (to) document.getElementById(to).focus();
});

// -- A check-in: kept by each alone

const kept = new Set();

function drawCheckIn(form) {
  const state = kept.has(form.dataset.checkIn) ? "kept" : "writing";
  for (const part of form.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-check-in] [data-do]");
  if (!button) return;
  const form = button.closest("[data-check-in]");
  const open = [...form.querySelectorAll("fieldset")].find((one) => !one.querySelector(":checked"));
  if (button.dataset.do === "keep" && open) {
    form.querySelector("[data-hint]").textContent = "Choose a point for each question first.";
    open.querySelector("input").focus();
    return;
  }
  form.querySelector("[data-hint]").textContent = "";
  if (button.dataset.do === "keep") kept.add(form.dataset.checkIn); else kept.delete(form.dataset.checkIn);
  drawCheckIn(form);
  (form.querySelector("[data-when=kept]:not([hidden]) p") ?? form.querySelector(":checked")).focus();
});

// -- A timer: it can be started, paused, begun again and skipped

const timers = new Map();

const timerOf = (timer) => {
  const key = timer.dataset.timer;
  const seconds = Number(timer.dataset.seconds);
  if (timers.get(key)?.seconds !== seconds) timers.set(key, { seconds, left: seconds * 1000, since: null });
  return timers.get(key);
};

const left = (one) => Math.max(0, one.since === null ? one.left : one.left - (performance.now() - one.since));

function drawTimer(timer) {
  const one = timerOf(timer);
  const rest = Math.ceil(left(one) / 1000);
  timer.querySelector(".clock").textContent = `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
  const button = timer.querySelector("[data-do=start]");
  const running = one.since !== null;
  button.textContent = running ? "Pause the clock" : rest < one.seconds ? "Go on with the clock" : "Start the clock";
  button.hidden = !rest;
  timer.classList.toggle("over", !rest);
}

setInterval(() => {
  for (const timer of document.querySelectorAll("[data-timer]")) {
    const one = timerOf(timer);
    if (one.since === null) continue;
    if (!left(one)) {
      Object.assign(one, { left: 0, since: null });
      tell("The time is over. Go on when you like.");
      if (document.activeElement === timer.querySelector("[data-do=start]")) document.getElementById("step-on").focus();
    }
    drawTimer(timer);
  }
}, 250);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-timer] [data-do]");
  if (!button) return;
  const timer = button.closest("[data-timer]");
  const one = timerOf(timer);
  if (button.dataset.do === "reset") Object.assign(one, { left: one.seconds * 1000, since: null });
  else if (one.since === null) one.since = performance.now();
  else Object.assign(one, { left: left(one), since: null });
  drawTimer(timer);
});

// -- Everything that stands on the page now

function begin() {
  document.documentElement.classList.add("scripted");
  document.querySelectorAll("[data-table]").forEach(draw);
  document.querySelectorAll("[data-check-in]").forEach(drawCheckIn);
  document.querySelectorAll("[data-timer]").forEach(drawTimer);
}

begin();
listen();
if (location.hash === "#here") document.getElementById("here")?.focus({ preventScroll: true });
