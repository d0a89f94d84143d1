// A proposal with its amounts, and the buttons to confirm, reject and undo it.
import { confirmProposal, getProposal, rejectProposal, undoProposal, updateProposal } from "../../../clients/typescript/src/sdk.ts";
import { amounts, fixed, lines, round } from "./chat-draft.js";
import { el } from "./dom.js";

const titles = { meal: "Meal", activity: "Activity", measurement: "Measurement", targets: "Daily targets", profile: "Profile" };
/** Shows a proposal as it is on the server. Without a connection it stays as it is. */
async function reread(client, id, note) {
  const now = await getProposal({ client, path: { id } }).catch(() => undefined);
  if (now) showProposal(client, now, note);
}

const states = { confirmed: "Written into the diary.", rejected: "Rejected.", expired: "Expired.", undone: "Taken back." };

/** Shows what became of a proposal, wherever the page shows it, and a sentence why. */
export function showProposal(client, proposal, note) {
  for (const card of document.querySelectorAll(`[data-proposal="${proposal.id}"]`)) {
    const { version, status } = card.dataset;
    if (proposal.version > Number(version) || (proposal.version === Number(version) && proposal.status !== status)) card.replaceWith(proposalCard(client, proposal, note));
  }
}

/** Shows a proposal, and replaces itself after each change. */
export function proposalCard(client, proposal, note = "") {
  const draft = structuredClone(proposal.draft);
  const error = el("p", { className: "problem", role: "alert", hidden: note === "" }, note);
  const card = el("section", { className: "proposal", "aria-label": `Proposal: ${titles[proposal.kind]}` }, el("h2", {}, titles[proposal.kind]));
  Object.assign(card.dataset, { proposal: proposal.id, version: proposal.version, status: proposal.status });
  const args = (more) => ({ client, path: { id: proposal.id }, headers: { "If-Match": `"${proposal.version}"` }, ...more });
  const button = (label, className, change) => el("button", { type: "button", className, onclick: async () => {
    error.hidden = true;
    try {
      const next = proposalCard(client, await change());
      card.replaceWith(next);
      next.querySelector("button:not([hidden]), [role=status]")?.focus();
    } catch (problem) {
      error.textContent = problem.detail ?? String(problem);
      error.hidden = false;
      if (problem.status === 409 || problem.status === 412) await reread(client, proposal.id, error.textContent); // it was changed elsewhere, or has expired
    }
  } }, label);

  if (proposal.status === "open") {
    const save = button("Save the amounts", "secondary", () => updateProposal(args({ body: { draft } })));
    save.hidden = true;
    const confirm = button("Confirm", "primary", () => confirmProposal(args()));
    card.append(list(lines(draft)), ...fields(draft, proposal, () => {
      save.hidden = false;
      confirm.disabled = true; // what is confirmed is what was shown
    }), totals(proposal), el("div", { className: "buttons" }, save, confirm, button("Reject", "secondary", () => rejectProposal(args()))));
  } else {
    const status = el("p", { role: "status", tabIndex: -1 }, proposal.replaced_by ? "Replaced by a correction." : states[proposal.status]);
    if (proposal.status === "confirmed" && proposal.result_url) status.append(" ", el("a", { href: proposal.result_url }, "Show it"));
    card.append(list([...lines(draft), ...fixed(draft, proposal.preview)]), ...items(proposal), totals(proposal), status);
    if (proposal.status === "confirmed") card.append(el("div", { className: "buttons" }, button("Undo", "secondary", () => undoProposal(args()))));
  }
  card.append(error);
  return card;
}

function fields(draft, { preview }, onEdit) {
  return amounts(draft, preview).map(({ label, unit, per, owner, name }) => {
    const input = el("input", { type: "number", min: "0", step: "any", value: round(owner[name] / per), oninput: () => {
      owner[name] = round(input.valueAsNumber * per);
      onEdit();
    } });
    return el("label", { className: "amount" }, el("span", {}, label), input, el("span", { className: "unit" }, unit));
  });
}

/** Lines of names and values. */
function list(rows) {
  return el("dl", { hidden: rows.length === 0 }, ...rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

/** What a meal is made of, when it cannot be edited any more. */
function items({ preview }) {
  const names = preview.items?.map(({ name, grams }) => (grams === undefined ? name : `${name}, ${Math.round(grams)} g`)) ?? [];
  return names.length > 0 ? [el("ul", {}, ...names.map((name) => el("li", {}, name)))] : [];
}

function totals({ kind, preview, estimated }) {
  const parts = [
    ["calories", kind === "activity" ? "kcal, rest included" : "kcal"], ["protein_g", "g protein"], ["carbs_g", "g carbohydrates"], ["fat_g", "g fat"],
  ].filter(([name]) => preview[name] !== undefined).map(([name, unit]) => `${Math.round(preview[name])} ${unit}`);
  return el("p", { className: "note" }, [...parts, ...(estimated ? ["estimated"] : [])].join(" · "));
}
