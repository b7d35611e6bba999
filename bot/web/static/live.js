// Lines that appear by themselves: server-sent events, or asking every few seconds where a
// network does not let them through.

const PATIENCE = 8000; // ms for the first event
const ASK = 5000; // ms between two questions
const RETRY = 60000; // ms until events are tried again

export class Live {
  constructor({ after, doubtful, take }) {
    Object.assign(this, { after, doubtful, take });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.stop();
      else this.start(true);
    });
  }

  // `news` asks at once: something may have been said while nobody looked.
  start(news = false) {
    this.stop();
    if (news) this.ask(true);
    if (window.EventSource) this.listen();
    else this.poll();
  }

  stop() {
    if (this.source) this.source.close();
    this.source = null;
    clearTimeout(this.doubt);
    clearInterval(this.asking);
    clearTimeout(this.retry);
  }

  listen() {
    const source = new EventSource(`/chat/events?after=${this.after()}`);
    this.source = source;
    this.doubt = setTimeout(() => this.poll(), PATIENCE);
    source.addEventListener("log", (event) => {
      clearTimeout(this.doubt);
      this.take(JSON.parse(event.data));
    });
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) this.poll(); // else the browser tries again
    });
  }

  poll() {
    this.stop();
    this.asking = setInterval(() => this.ask(), ASK);
    this.retry = setTimeout(() => this.start(), RETRY);
  }

  async ask(returned = false) {
    const answer = await fetchLog(this.doubtful());
    if (answer && answer.lines) this.take(answer, returned);
  }
}

export async function fetchLog(after) {
  try {
    const response = await fetch(`/chat/lines?after=${after}`, { headers: { "Accept-Language": document.documentElement.lang } });
    return await response.json(); // lines, or an error
  } catch {
    return null; // offline: whoever asks will ask again
  }
}
