// What two people do on a page: they seal and reveal, keep a check-in, and let a clock run.
// What is typed stays in the variables of this file; nothing of it is sent, and nothing is kept when the page is left.

function tell(words) {
  const said = document.getElementById("said");
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = words; });
}

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

export function begin() {
  document.querySelectorAll("[data-table]").forEach(draw);
  document.querySelectorAll("[data-check-in]").forEach(drawCheckIn);
  document.querySelectorAll("[data-timer]").forEach(drawTimer);
}
