// Small parts of the page: elements, sentences, ids.

export const language = document.documentElement.lang;
const sentences = JSON.parse(document.body.dataset.words);

export function say(key, fields = {}) {
  return Object.entries(fields).reduce(
    (sentence, [name, value]) => sentence.split(`{${name}}`).join(value),
    sentences[key],
  );
}

export function make(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

export function button(className, label, press) {
  const node = make("button", className, label);
  node.type = "button";
  node.addEventListener("click", press);
  return node;
}

// crypto.randomUUID exists only under https; a phone on the office's own network has http.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const calm = matchMedia("(prefers-reduced-motion: reduce)");

const CAMERA = ["M4 8h3l2-3h6l2 3h3v11H4z", "M12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z"];

export function camera() {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  const strokes = { viewBox: "0 0 24 24", "aria-hidden": "true", fill: "none", stroke: "currentColor",
    "stroke-width": "1.9", "stroke-linejoin": "round" };
  for (const [name, value] of Object.entries(strokes)) drawing.setAttribute(name, value);
  for (const line of CAMERA) {
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", line);
    drawing.append(path);
  }
  return drawing;
}
