// The log: lines in the order of their ids, below them what is still on its way.

import * as bubbles from "./bubbles.js";
import { calm, make } from "./parts.js";

const NEAR = 140; // pixels from the end at which a new message is still followed
const AT = 12; // pixels from the end that count as being there, also when a keyboard opens
const LATELY = 100; // lines among which an open card is looked for
const FRESH = 350; // ms in which a new question takes no tap: it was meant for the old one

export class Log {
  constructor(root, { press, photograph, asked, unread }) {
    Object.assign(this, { root, press, photograph, asked, unread });
    this.lines = []; // {id, mine, body, at, node}, by id
    this.step = 0;
    this.tapped = new Map(); // line id -> index, while the tap is on its way
    this.done = make("div");
    this.underway = make("div");
    this.dots = bubbles.typing();
    this.underway.setAttribute("aria-live", "off");
    root.replaceChildren(this.done, this.underway);
    root.addEventListener("scroll", () => {
      this.stays = this.fromEnd() < AT;
      if (this.fromEnd() < NEAR) unread("");
    }, { passive: true });
    new ResizeObserver(() => { if (this.stays) this.toEnd(); }).observe(root);
  }

  get last() { return this.lines.length ? this.lines[this.lines.length - 1].id : 0; }

  // The question the person looks at: the last line of ours that is not a card.
  get question() {
    return this.lines.filter((line) => !line.mine && !line.body.card && line.body.step).pop();
  }

  // From where to ask again, because a card that is open here may be closed by now.
  get doubtful() {
    const card = this.lines.slice(-LATELY).find((line) => line.body.card && (line.body.choices || []).length);
    const before = card && this.lines[this.lines.indexOf(card) - 1];
    return card ? (before ? before.id : 0) : this.last;
  }

  clear() {
    this.lines = [];
    this.tapped.clear();
    this.done.replaceChildren();
  }

  // Returns the elements that are new. `pictures` are shown with the first line of the person.
  add(lines, step, pictures = []) {
    const stays = this.fromEnd() < NEAR;
    const fresh = [];
    for (const line of lines) {
      const known = this.lines.find((other) => other.id === line.id);
      if (known && JSON.stringify(known.body) === JSON.stringify(line.body)) continue;
      const node = this.draw(line, line.mine ? pictures.splice(0) : []);
      if (!known) fresh.push(node);
      this.place({ ...line, node }, known);
    }
    this.step = step;
    this.refresh();
    this.show(fresh, stays);
    return fresh;
  }

  draw(line, pictures) {
    const { body } = line;
    if (line.mine) {
      const kept = pictures.length ? pictures : (body.papers || []).map(bubbles.stored);
      return bubbles.mine(body.text, kept);
    }
    const press = (index, label) => this.tap(line.id, index, label);
    return bubbles.theirs(body, { press, photograph: this.photograph });
  }

  place(line, known) {
    if (known) {
      const when = known.node.querySelector(".when");
      if (when) line.node.prepend(when);
      known.node.replaceWith(line.node);
      this.lines[this.lines.indexOf(known)] = line;
      return;
    }
    let before = this.lines.length;
    while (before && this.lines[before - 1].id > line.id) before -= 1;
    const next = this.lines[before];
    line.node.prepend(bubbles.hour(line.at, before ? this.lines[before - 1].at : ""));
    this.done.insertBefore(line.node, next ? next.node : null);
    this.lines.splice(before, 0, line);
  }

  tap(id, index, label) {
    const { body } = this.lines.find((line) => line.id === id);
    if (this.tapped.has(id)) return;
    this.tapped.set(id, index);
    this.refresh();
    this.press({ step: body.step, choice: index, card: body.card || 0 }, label, id);
  }

  // The tap has been answered, or will never be.
  untap(id) {
    this.tapped.delete(id);
    this.refresh();
  }

  refresh() {
    const { question } = this;
    this.lines.forEach((line, index) => {
      const group = line.node.querySelector(".choices");
      if (!group) return;
      const { body } = line;
      const open = Boolean(body.card) || (line === question && body.step >= this.step);
      const picked = this.tapped.has(line.id) ? this.tapped.get(line.id) : -1;
      const reply = body.card ? undefined : this.lines.slice(index + 1).find((next) => next.mine || next.body.step);
      const label = reply && reply.mine ? reply.body.text : undefined;
      group.classList.toggle("answered", !open);
      for (const node of group.querySelectorAll("button")) node.disabled = !open || picked >= 0;
      for (const pick of group.querySelectorAll(".photograph")) pick.hidden = !open;
      group.hidden = !group.querySelector(".button:not([hidden])");
      [...group.querySelectorAll(".answer, a")].forEach((node, place) => {
        node.classList.toggle("chosen", node.matches("button") && (open ? place === picked : node.dataset.label === label));
      });
    });
    this.asked(question && question.body.step >= this.step ? question.body : {});
  }

  // Something of the person's that the server has not confirmed yet.
  pend(node) {
    this.underway.insertBefore(node, this.dots.isConnected ? this.dots : null);
    this.toEnd();
  }

  wait(waiting) {
    if (!waiting) this.dots.remove();
    else if (!this.dots.isConnected) this.pend(this.dots);
  }

  fromEnd() {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight;
  }

  toEnd() { this.scroll(this.root.scrollHeight); }

  scroll(top) {
    this.root.scrollTo({ top, behavior: calm.matches || !this.shown ? "auto" : "smooth" });
  }

  // To the end, or to the head of a message that is longer than the screen; but whoever
  // reads further up is left in peace.
  show(fresh, stays) {
    const first = fresh.find((node) => node.matches(".theirs"));
    for (const node of fresh) {
      node.classList.add("fresh");
      setTimeout(() => node.classList.remove("fresh"), FRESH);
    }
    if (!fresh.length) return;
    if (!stays && this.shown) {
      this.unread("new");
      return;
    }
    const start = this.shown ? first || fresh[0] : fresh[fresh.length - 1];
    const end = this.root.scrollHeight - this.root.clientHeight;
    const top = Math.min(end, start.offsetTop - this.root.offsetTop - 12);
    this.scroll(top);
    this.unread(end - top < NEAR ? "" : "more");
    this.shown = true;
  }
}
