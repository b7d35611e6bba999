// The field at the foot: typing, photographs, and what helps with the question at hand.

import { say } from "./parts.js";

const MOST = 10; // files at once
const LARGEST = 20; // megabytes of one file
const TALLEST = 152; // pixels, as in chat.css
const KEYS = { phone: "tel", number: "decimal" };

export class Field {
  constructor({ said, files, trouble }) {
    Object.assign(this, { said, files, trouble });
    const find = (id) => document.getElementById(id);
    [this.form, this.text, this.input, this.camera, this.aid, this.day] =
      ["say", "text", "files", "pick", "aid", "day"].map(find);
    this.button = this.form.querySelector(".send");
    this.secret = false;
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("input", () => this.grow());
    this.camera.addEventListener("click", () => this.pick());
    this.input.addEventListener("change", () => this.take());
    this.day.addEventListener("change", () => this.put(this.day.value));
    this.grow();
  }

  // What the question wants: another keyboard, a hint, a day to choose, the camera in red.
  expect({ expects = "", secret = false }) {
    this.secret = secret;
    this.text.inputMode = KEYS[expects] || "text";
    this.text.placeholder = say(secret ? "ask_secret" : HINTS[expects] || "ask_text");
    this.camera.classList.toggle("wanted", expects === "photo");
    this.aid.hidden = expects !== "date";
  }

  put(text) {
    this.text.value = text;
    this.grow();
    this.text.focus();
  }

  // A message that could not be sent comes back, unless something else is being written.
  giveBack(text) {
    if (!this.text.value) this.put(text);
  }

  pick() { this.input.click(); }

  submit() {
    const text = this.text.value.trim();
    if (!text) {
      this.text.focus();
      return;
    }
    this.text.value = "";
    this.day.value = "";
    this.grow();
    this.said(text);
  }

  key(event) {
    // While a Chinese word is being composed, Enter belongs to the input method.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.submit();
  }

  grow() {
    this.text.style.height = "auto";
    const border = this.text.offsetHeight - this.text.clientHeight;
    this.text.style.height = `${Math.min(TALLEST, this.text.scrollHeight + border)}px`;
    this.button.toggleAttribute("data-empty", !this.text.value.trim());
  }

  take() {
    const files = [...this.input.files];
    this.input.value = ""; // so that the same photograph can be chosen again
    if (!files.length) return;
    if (files.length > MOST) this.trouble(say("too_many", { limit: MOST }));
    else if (files.some((file) => file.size > LARGEST * 1024 * 1024)) this.trouble(say("too_big", { limit: LARGEST }));
    else this.files(files);
  }
}

const HINTS = { photo: "ask_photo", phone: "ask_phone", date: "ask_date", number: "ask_number", money: "ask_number" };
