// The page: joins the log, the field at the foot, and the way to the server.

import * as bubbles from "./bubbles.js";
import { Field } from "./field.js";
import { fetchLog, Live } from "./live.js";
import { Log } from "./log.js";
import { button, make, say } from "./parts.js";
import { Sending } from "./send.js";

const find = (id) => document.getElementById(id);
const [root, state, down, way] = ["log", "state", "down", "way"].map(find);
const TURNED = "huigong.turned"; // the language for which the page was last loaded anew
const AGAIN = 3000; // ms between two tries to read the log

const pending = new Map(); // what is under way -> its bubble
let talk = 0;
const held = []; // news that came while a turn was under way
let resumed = 0; // the step for which the present question was last asked for

const field = new Field({
  said: (text) => send({ body: { text }, shown: field.secret ? say("hidden") : text, secret: field.secret }),
  files: sendFiles,
  trouble: tell,
});

const log = new Log(root, {
  press: (tap, label, line) => send({ body: { tap }, shown: label, line }),
  photograph: () => field.pick(),
  asked,
  unread: (what) => {
    down.hidden = !what;
    if (what) down.textContent = say(what);
  },
});

const sending = new Sending({
  after: () => log.last,
  answered,
  refused,
  state: tell,
  waiting: (waiting) => log.wait(waiting),
});

const live = new Live({
  after: () => log.last,
  doubtful: () => log.doubtful,
  take: (answer, returned) => {
    if (sending.busy) held.push(answer);
    else take(answer);
    if (returned) catchUp();
  },
});

function asked(question) {
  field.expect(question);
  const { progress } = question;
  way.hidden = !progress;
  if (progress) Object.assign(way, { max: progress[1], value: progress[0] - 0.5 }); // half of it is asking
}

function tell(sentence) {
  state.textContent = sentence;
  state.hidden = !sentence;
}

function send(item) {
  if (item.shown) pend(item, bubbles.mine(item.shown));
  sending.add(item);
}

function pend(item, node) {
  node.classList.add("waiting");
  pending.set(item, node);
  log.pend(node);
}

function sendFiles(files) {
  const item = { files, pictures: files.map(bubbles.chosen) };
  const bar = make("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", say("picture"));
  const words = make("p", "under", say("uploading", { percent: 0 }));
  item.progress = (share) => {
    bar.value = share;
    words.textContent = share < 1 ? say("uploading", { percent: Math.floor(share * 100) }) : say("uploaded");
  };
  const node = bubbles.mine("", item.pictures);
  node.append(make("div", "load", bar, button("quiet", say("cancel"), () => sending.cancel(item))), words);
  pend(item, node);
  tell("");
  sending.add(item);
}

function answered(item, answer) {
  drop(item);
  const wasHere = document.activeElement === document.body || root.contains(document.activeElement);
  const fresh = take(answer, item.pictures);
  // The answer was read after them: of the news only a line that it did not bring is news.
  for (const news of held.splice(0)) if (news.talk === talk) log.add(news.lines, log.step);
  if (item.line) log.untap(item.line);
  if (item.body && item.body.tap && item.body.tap.card) live.ask(); // it may be closed now
  const first = fresh.find((node) => node.matches(".theirs"));
  if (first && wasHere && item.shown) first.focus({ preventScroll: true });
}

// It will never be taken: say why, and give the words back.
function refused(item, sentence) {
  drop(item);
  if (item.line) log.untap(item.line);
  if (item.body && item.body.text) field.giveBack(item.body.text);
  held.splice(0).forEach((news) => take(news));
  tell(sentence);
}

function drop(item) {
  if (pending.has(item)) pending.get(item).remove();
  pending.delete(item);
}

// Shows what the server says; returns the elements that are new.
function take(answer, pictures = []) {
  if (turnPage(answer.language)) return [];
  if (answer.afresh) log.clear();
  if (answer.talk !== talk) {
    const known = talk !== 0;
    talk = answer.talk;
    live.start();
    if (known) { // the same person has another, longer log
      log.clear();
      open();
      return [];
    }
  }
  return log.add(answer.lines, answer.step, pictures);
}

// Another language was chosen: the head and the foot have to speak it too.
function turnPage(language) {
  if (!language || language === document.body.dataset.language) return false;
  if (sessionStorage.getItem(TURNED) === language) return false;
  sessionStorage.setItem(TURNED, language);
  location.reload();
  return true;
}

// The whole log, as often as it takes.
async function open() {
  for (;;) {
    const answer = await fetchLog(0);
    if (answer && answer.lines) {
      tell("");
      return take(answer);
    }
    tell((answer && answer.error) || say("offline"));
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}

// The talk may have gone on at another door: then the present question is not in this log.
function catchUp() {
  const { question } = log;
  if (sending.busy || !question || question.body.step >= log.step || resumed === log.step) return;
  resumed = log.step;
  send({ body: { command: "resume" } });
}

function command(name, argument = "") {
  send({ body: argument ? { command: name, argument } : { command: name } });
}

async function begin() {
  document.querySelectorAll("[data-command]").forEach((node) => {
    node.addEventListener("click", () => command(node.dataset.command, node.dataset.argument));
  });
  down.addEventListener("click", () => { log.toEnd(); down.hidden = true; });
  root.setAttribute("aria-live", "off"); // what was said before is not read out again
  await open();
  setTimeout(() => root.setAttribute("aria-live", "polite"));
  const start = new URLSearchParams(location.search).get("start");
  const unsent = sending.restore();
  unsent.forEach((item) => { if (item.shown) pend(item, bubbles.mine(item.shown)); });
  if (start) {
    history.replaceState(null, "", location.pathname); // not again after a reload
    command("start", start);
  } else if (unsent.length) sending.run();
  else if (!log.lines.length) command("start");
  else catchUp();
}

begin();
