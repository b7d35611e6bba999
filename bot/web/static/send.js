// What a person does goes out one thing after the other, and again with the same id until the
// server has answered. Words and taps survive a reload; secrets and files are never kept.

import { language, newId, say } from "./parts.js";

const KEPT = "huigong.unsent";
const RENEWED = "huigong.renewed";
const PATIENCE = 40000; // ms for an answer
const LONGEST_PAUSE = 30000; // ms between two tries

export class Sending {
  constructor({ after, answered, refused, state, waiting }) {
    Object.assign(this, { after, answered, refused, state, waiting });
    this.items = [];
    this.busy = false;
    window.addEventListener("online", () => this.wake && this.wake());
  }

  // What an earlier visit could not send.
  restore() {
    this.items = read();
    return this.items;
  }

  add(item) {
    item.id = newId();
    this.items.push(item);
    this.keep();
    this.run();
  }

  cancel(item) {
    item.cancelled = true;
    if (item.abort) item.abort();
    if (this.wake) this.wake();
  }

  keep() {
    const lasting = this.items.filter((item) => !item.files && !item.secret);
    write(lasting.map(({ id, body, shown }) => ({ id, body, shown })));
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    for (let tries = 0; this.items.length;) {
      const item = this.items[0];
      const result = item.cancelled ? {} : await this.attempt(item);
      if (result.status === 200) sessionStorage.removeItem(RENEWED);
      if (result.status === 200) this.finish(item, () => this.answered(item, result.answer));
      else if (item.cancelled) this.finish(item, () => this.refused(item, say("cancelled")));
      else if (result.status === 401 && renew()) return;
      else if (!passing(result.status)) this.finish(item, () => this.refused(item, result.error || say("failed")));
      else {
        tries += 1;
        await this.pause(result, tries);
        continue;
      }
      tries = 0;
    }
    this.busy = false;
  }

  async attempt(item) {
    this.waiting(true);
    const result = await (item.files ? upload(item, this.after()) : post(item, this.after()));
    this.waiting(false);
    return result;
  }

  finish(item, tell) {
    this.items.shift();
    this.keep();
    this.state("");
    tell();
  }

  pause(result, tries) {
    const seconds = result.wait ? result.wait * 1000 : Math.min(LONGEST_PAUSE, 1000 * 2 ** (tries - 1));
    this.state(result.status ? result.error || say("busy") : say("offline"));
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds);
      this.wake = () => { clearTimeout(timer); resolve(); };
    });
  }
}

// Trouble that passes by itself: no network, too fast, a server that is busy.
function passing(status) {
  return !status || status === 429 || status >= 500;
}

// The cookie is gone: the page itself brings a new one, but only once.
function renew() {
  if (sessionStorage.getItem(RENEWED)) return false;
  sessionStorage.setItem(RENEWED, "1");
  location.reload();
  return true;
}

async function post(item, after) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch("/chat/turn", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": language },
      body: JSON.stringify({ id: item.id, after, ...item.body }),
      signal: stop.signal,
    });
    return outcome(response.status, await response.text(), response.headers.get("Retry-After"));
  } catch {
    return { status: 0 };
  } finally {
    clearTimeout(timer);
  }
}

// Only XMLHttpRequest can say how much of a file has gone.
function upload(item, after) {
  const form = new FormData();
  for (const file of item.files) form.append("file", file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    item.abort = () => request.abort();
    request.open("POST", `/chat/files?id=${item.id}&after=${after}`);
    request.setRequestHeader("Accept-Language", language);
    request.upload.onprogress = (event) => item.progress(event.loaded / (event.total || 1));
    request.onload = () => resolve(outcome(request.status, request.responseText, request.getResponseHeader("Retry-After")));
    request.onerror = request.onabort = () => resolve({ status: 0 });
    request.send(form);
  });
}

function outcome(status, text, wait) {
  const body = parse(text);
  return { status: status === 200 && !body ? 0 : status, answer: body, error: body && body.error, wait: Number(wait) };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a proxy's page instead of our answer
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) || [];
  } catch {
    return []; // storage is off: nothing was kept
  }
}

function write(items) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(items));
  } catch {
    // Storage is off or full: then this lives as long as the page.
  }
}
