// How the page follows the folder, leads from step to step, and narrows the list down. What stands in a field stays
// there while one page takes the place of another, and nowhere else.

import { begin } from "./practice.js";

const page = () => document.getElementById("page");
const about = () => document.querySelector("[data-about]")?.dataset.about ?? "";

// -- Pages that follow: one is fetched, and takes the place of what is shown

const typed = new Map(); // what stands in a field, by what the page is about and the id of the field
const opened = new Map(); // which details are open
const addressed = () => location.pathname + location.search;
let wanted = addressed(); // which page is shown, or under way
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

// Gives a page; null where there is none, and nothing at all where another one was asked for meanwhile.
async function fetched(address) {
  const number = ++asked;
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (number !== asked) return undefined;
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
  wanted = addressed();
  const other = await fetched(address).catch(() => null);
  if (other === null) location.assign(address);
  if (!other) return;
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
// A place within the same page is the business of the browser alone; so is where the focus goes then.
addEventListener("popstate", () => { if (addressed() !== wanted) go(location.href); });

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

const chosen = (form) => new URLSearchParams([...new FormData(form)].filter(([, value]) => value));

async function filter(form) {
  const query = chosen(form);
  const address = query.size ? `/?${query}` : "/";
  history.replaceState(null, "", address);
  wanted = addressed();
  const other = await fetched(address).catch(() => null);
  const results = other?.getElementById("results");
  if (results) document.getElementById("results")?.replaceChildren(...results.childNodes);
  if (results && other.body.dataset.version !== document.body.dataset.version) await follow();
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

// -- On paper everything is open

let closed = [];

addEventListener("beforeprint", () => {
  closed = [...page().querySelectorAll("details:not([open])")];
  for (const one of closed) one.open = true;
});
addEventListener("afterprint", () => { for (const one of closed) one.open = false; });

// -- The page as it was opened

begin();
document.documentElement.classList.add("scripted");
listen();
const early = document.getElementById("filter"); // something may have been chosen before this script was there
if (early && `${chosen(early)}` !== `${new URLSearchParams(location.search)}`) filter(early);
if (location.hash === "#here") document.getElementById("here")?.focus({ preventScroll: true });
