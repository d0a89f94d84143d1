// The page on which a visitor talks to the coach, with the TypeScript client as any app would use it. The conversation is in the address,
// so that a page that is loaded again shows it and follows a reply that is still being made.
import { createCoach } from "../../../clients/typescript/src/coach.ts";
import { createTransport, createConversation, getSession, listConversations, listMessages, listProposals, login } from "../../../clients/typescript/src/sdk.ts";
import { isApiError } from "../../../clients/typescript/src/errors.ts";
import { el } from "./dom.js";
import { showProposal } from "./chat-proposal.js";
import { question, ReplyView, storedReply } from "./chat-reply.js";

const client = createTransport({ baseUrl: "", onSignedOut: () => show("signin") });
const coach = createCoach({ client });

const page = document.querySelector("[data-chat]");
const part = (name) => page.querySelector(`[data-${name}]`);
const log = part("log");
const input = part("ask").elements.namedItem("content");

let conversationId;
let active; // the id of the reply that is being made

function show(which) {
  part("signin").hidden = which !== "signin";
  part("talk").hidden = which !== "talk";
}

/** Shows what went wrong; without an error it removes the message. */
function report(error) {
  const place = part("error");
  place.textContent = error ? (error.detail ?? String(error)) : "";
  place.hidden = !error;
}

/** Does something that may fail, and reports it. */
async function attempt(work) {
  report();
  try {
    await work();
  } catch (error) {
    report(error);
  }
}

function setActive(messageId) {
  active = messageId;
  part("stop").hidden = messageId === undefined;
  part("send").disabled = messageId !== undefined;
}

function add(element) {
  log.append(element);
  element.scrollIntoView({ block: "end" });
}

/** Shows the events of a reply as they arrive. */
async function follow(events, messageId) {
  const view = new ReplyView(client);
  add(view.element);
  if (messageId) setActive(messageId);
  try {
    for await (const event of events) {
      view.add(event);
      view.element.scrollIntoView({ block: "nearest" });
    }
  } finally {
    view.end();
    if (view.isEmpty) view.element.remove();
    setActive(undefined);
  }
}

async function startConversation(text) {
  try {
    conversationId = (await createConversation({ client, body: {} })).id;
    history.replaceState(null, "", `#${conversationId}`); // which is no hashchange
    part("earlier").hidden = false;
  } catch (error) {
    input.value ||= text;
    throw error;
  }
}

async function ask(text) {
  if (conversationId === undefined) await startConversation(text);
  const said = question(text);
  add(said);
  part("send").disabled = true;
  let sent = false;
  const onSent = ({ reply_id }) => {
    sent = true;
    setActive(reply_id);
  };
  try {
    await follow(coach.reply(conversationId, text, { onSent }));
  } finally {
    part("send").disabled = false;
    if (!sent) {
      said.remove();
      input.value ||= text; // nothing that was typed is lost
    }
  }
}

/** Lists the newest conversations as links. */
async function listEarlier() {
  const { data } = await listConversations({ client, query: { limit: 20 } });
  const links = data.map(({ id, title }) => el("li", {}, el("a", { href: `#${id}` }, title ?? "Without a message")));
  part("earlier").querySelector("ul").replaceChildren(...links);
  part("earlier").hidden = links.length === 0;
}

/** Shows the conversation of the address, and follows a reply that is being made. */
async function open() {
  show("talk");
  const id = location.hash.slice(1); // read at once: a visitor may send a first message meanwhile
  await listEarlier();
  if (!id) return;
  try {
    const [messages, proposals] = await Promise.all([
      listMessages({ client, path: { id }, query: { limit: 100 } }),
      listProposals({ client, query: { conversation_id: id, limit: 100 } }),
    ]);
    conversationId = id;
    for (const message of messages.data.reverse()) {
      if (message.role === "user") add(question(message.content));
      else if (message.completed_at) add(storedReply(client, message, proposals.data.filter((proposal) => proposal.message_id === message.id)));
    }
  } catch (error) {
    if (!isApiError(error) || error.status >= 500) throw error;
    return history.replaceState(null, "", location.pathname); // another person's, or deleted
  }
  const running = await coach.resume(id);
  if (running) await follow(running.events, running.messageId);
}

part("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (text === "" || part("send").disabled) return;
  input.value = "";
  void attempt(() => ask(text));
});
input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  part("ask").requestSubmit();
});
part("stop").addEventListener("click", () => active && attempt(() => coach.cancel(active)));
for (const button of page.querySelectorAll("[data-example]")) {
  button.addEventListener("click", () => {
    input.value = button.textContent;
    input.focus();
  });
}
part("signin").addEventListener("submit", (event) => {
  event.preventDefault();
  const { email, password } = Object.fromEntries(new FormData(part("signin")));
  void attempt(async () => {
    await login({ client, body: { email, password } });
    await open();
    input.focus();
  });
});

// What was confirmed, rejected or replaced in another tab, or has expired, while this one was in the background.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible" || !log.querySelector('[data-status="open"]')) return;
  listProposals({ client, query: { conversation_id: conversationId, limit: 100 } }).then(({ data }) => data.forEach((proposal) => showProposal(client, proposal)), report);
});
window.addEventListener("hashchange", () => location.reload()); // another conversation was chosen

await attempt(async () => {
  const { user, can_refresh } = await getSession({ client });
  if (user || can_refresh) await open();
  else show("signin");
});
