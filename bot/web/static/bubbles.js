// One line of the log as an element. What the server sends is only ever text here, never markup.

import { button, camera, language, make, say } from "./parts.js";

const QUIET = 30 * 60 * 1000; // ms between two lines after which the hour is shown
const clock = new Intl.DateTimeFormat(language, {
  month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false,
  timeZone: "Asia/Shanghai",
});

export function hour(at, before) {
  const moment = new Date(at);
  if (before && moment - new Date(before) < QUIET) return "";
  const time = make("time", "", clock.format(moment));
  time.dateTime = at;
  return make("p", "when", time);
}

export function mine(text, pictures = []) {
  const node = make("article", "message mine");
  node.tabIndex = -1;
  if (pictures.length) node.append(make("div", "pictures", ...pictures));
  if (text) node.append(bubble(say("you"), text));
  return node;
}

export function theirs(body, { press, photograph }) {
  const node = make("article", "message theirs");
  node.tabIndex = -1;
  const { progress, expects } = body;
  // Papers are counted in the text itself.
  if (progress && expects !== "photo") node.append(make("p", "asked", asked(progress)));
  node.append(bubble(say("us"), body.text || ""));
  const group = choices(body, press, photograph);
  if (group.childElementCount) node.append(group);
  return node;
}

function bubble(who, text) {
  const paragraphs = text.split(/\n\s*\n/).map((paragraph) => make("p", "", ...sentences(paragraph)));
  paragraphs[0].prepend(make("span", "unseen", who));
  return make("div", "bubble", ...paragraphs);
}

// One line below the other; the points of a list hang from their sign.
function sentences(paragraph) {
  const lines = paragraph.match(/.+\n?/g) || [];
  return lines.map((line) => make("span", /^[·•✓✗？→-] /.test(line) ? "line point" : "line", line));
}

function asked([number, total]) {
  const left = total - number;
  return left > 0 ? say("progress", { number, left }) : say("progress_last", { number });
}

function choices(body, press, photograph) {
  const offered = body.choices || [];
  const group = make("div", "choices");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", say("choose"));
  if (body.expects === "photo") {
    const main = offered.some((choice) => choice.tone === "primary");
    const pick = button(`button photograph${main ? "" : " primary"}`, "", photograph);
    pick.append(camera(), say("photo"));
    group.append(pick);
  }
  offered.forEach((choice, index) => {
    group.append(choice.url ? link(choice) : answer(choice, () => press(index, choice.label)));
  });
  if (group.querySelectorAll(".primary").length > 1) group.classList.add("several");
  return group;
}

const TONES = { primary: " primary", danger: " danger" };

function answer(choice, press) {
  const node = button("button answer" + (TONES[choice.tone] || ""), choice.label, press);
  node.dataset.label = choice.label;
  return node;
}

function link(choice) {
  const node = make("a", "button" + (TONES[choice.tone] || ""), choice.label);
  const url = new URL(choice.url, location.href);
  if (!["http:", "https:"].includes(url.protocol)) return node; // a link without an address
  node.href = url.href;
  if (url.origin !== location.origin) {
    node.target = "_blank";
    node.rel = "noopener noreferrer";
    node.append(make("span", "unseen", say("opens_page")));
  }
  return node;
}

export function stored(paper) {
  const picture = make("img");
  picture.src = `/chat/papers/${Number(paper)}`;
  picture.alt = say("picture");
  picture.loading = "lazy";
  picture.addEventListener("error", () => picture.replaceWith(document_()), { once: true });
  return picture;
}

export function chosen(file) {
  if (!file.type.startsWith("image/")) return document_(file.name);
  const picture = make("img");
  picture.src = URL.createObjectURL(file);
  picture.alt = say("picture");
  // Not every browser can draw a HEIC; the server can.
  picture.addEventListener("error", () => picture.replaceWith(document_(file.name)), { once: true });
  return picture;
}

function document_(name = "") {
  return make("div", "document", name || say("document"));
}

export function typing() {
  const dots = [make("i"), make("i"), make("i")];
  return make("div", "message theirs typing", make("div", "bubble",
    make("span", "unseen", say("typing")), ...dots));
}
