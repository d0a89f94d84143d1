// What a message of the coach looks like while it arrives, and afterwards.
import { deleteMemory } from "../../../clients/typescript/src/sdk.ts";
import { proposalCard, showProposal } from "./chat-proposal.js";
import { el } from "./dom.js";

export const question = (text) => el("li", { className: "said" }, el("span", { className: "who" }, "You"), el("p", {}, text));

const endings = {
  length: "The reply reached its greatest length.",
  cancelled: "Stopped.",
  interrupted: "The reply was interrupted. Ask again for the rest.",
  filtered: "The provider of the model refused to go on.",
};

/** A reply. Its element is busy until it is complete, so that a screen reader reads it once. */
export class ReplyView {
  #client;
  #text = null;
  #tools = new Map();
  #proposals = new Map();

  constructor(client) {
    this.#client = client;
    this.element = el("li", { className: "reply" }, el("span", { className: "who" }, "Coach, a machine"));
    this.element.setAttribute("aria-busy", "true");
  }

  add(event) {
    switch (event.type) {
      case "message.delta":
        this.#write(event.text);
        break;
      case "tool.started":
        this.#tools.set(event.call_id, this.#append(el("p", { className: "note" }, `${event.label} …`)));
        break;
      case "tool.finished":
        this.#tools.get(event.call_id)?.append(event.ok ? " done" : " nothing found");
        break;
      case "history.shortened":
        this.#append(el("p", { className: "note" }, `The oldest ${event.left_out} messages were too long to be read.`));
        break;
      case "proposal":
        this.addProposal(event.proposal);
        break;
      case "proposal.replaced":
        showProposal(this.#client, event.proposal);
        break;
      case "safety":
        this.#append(help(event.resources));
        break;
      case "memory":
        this.#append(remembered(this.#client, event));
        break;
      case "message.completed":
        this.complete(event);
        break;
      case "message.failed":
        this.#append(el("p", { className: "problem" }, event.problem.detail));
        break;
    }
  }

  addProposal(proposal) {
    const card = proposalCard(this.#client, proposal);
    const before = this.#proposals.get(proposal.id);
    if (before) before.replaceWith(card);
    else this.#append(card);
    this.#proposals.set(proposal.id, card);
  }

  complete({ finish_reason, sources = [] }) {
    if (endings[finish_reason]) this.#append(el("p", { className: "note" }, endings[finish_reason]));
    if (sources.length > 0) this.#append(el("ul", { className: "sources", "aria-label": "Made from" }, ...sources.map(source)));
  }

  /** Whether there is nothing but the name of the coach. */
  get isEmpty() {
    return this.element.childElementCount === 1;
  }

  end() {
    this.element.removeAttribute("aria-busy");
  }

  #write(text) {
    this.#text ??= this.#append(el("p", { className: "text" }));
    this.#text.append(text);
  }

  #append(element) {
    if (element.className !== "text") this.#text = null; // text behind it is a new paragraph
    this.element.append(element);
    return element;
  }
}

/** A reply that is complete. */
export function storedReply(client, message, proposals) {
  const view = new ReplyView(client);
  if (message.content) view.add({ type: "message.delta", text: message.content });
  for (const proposal of proposals.reverse()) view.addProposal(proposal);
  if (message.problem) view.add({ type: "message.failed", problem: message.problem });
  else view.complete(message);
  view.end();
  return view.element;
}

const source = ({ label, url }) => el("li", {}, url ? el("a", { href: url }, label) : label);

/** What the coach remembers of a message, until the person lets it be forgotten. */
function remembered(client, { id, text }) {
  const forget = el("button", { type: "button" }, "Forget it");
  const line = el("p", { className: "note" }, `Remembered: ${text} `, forget);
  forget.addEventListener("click", async () => {
    forget.disabled = true;
    try {
      await deleteMemory({ client, path: { id } });
      line.textContent = "Forgotten.";
    } catch (error) {
      forget.disabled = false;
      line.append(` ${error.detail ?? error}`);
    }
  });
  return line;
}

function help(resources) {
  const lines = resources.map(({ name, phone, url }) => el(
    "li", {}, el("b", {}, name), " ",
    ...(phone ? [el("a", { href: `tel:${phone.replace(/[^\d+]/g, "")}` }, phone), " "] : []),
    ...(url ? [el("a", { href: url, rel: "noreferrer" }, url.replace(/^https?:\/\//, ""))] : []),
  ));
  return el("div", { className: "help" }, el("p", {}, "You are not alone. These people help:"), el("ul", {}, ...lines));
}
