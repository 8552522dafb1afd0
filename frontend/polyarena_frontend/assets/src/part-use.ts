import { AppUse, type BallotState } from "./app-use";
import { announce } from "./dom";

/**
 * Measures how a part of an answer is used. It counts in one's own battle until the vote, and not
 * for what was only tried; `said` is announced when the ballot opens by it.
 */
export function measure(part: HTMLElement, bundle: string, said: string): AppUse | null {
  const battle = part.closest<HTMLElement>("pa-battle");
  const card = part.closest<HTMLElement>(".card");
  const turn = part.closest<HTMLElement>(".turn");
  const side = card?.dataset["side"];
  const last = [...(battle?.querySelectorAll(".turn") ?? [])].pop() === turn;
  const open = battle?.hasAttribute("data-events") && !battle.hasAttribute("data-voted") && last;
  if (!battle || !bundle || !side || !open || part.closest("[data-actions]")) return null;
  const ready = (): boolean => ["done", "stopped"].includes(card?.dataset["status"] ?? "");
  const heard = (state: BallotState): void => {
    const choices = battle.querySelector<HTMLFieldSetElement>("[data-choices]");
    // Answers may overtake each other; a ballot that is open stays so.
    if (choices?.disabled === false) return;
    battle.dispatchEvent(new CustomEvent("battlestate", { detail: state }));
    if (state.ballot_open) announce(battle, said);
  };
  const shown = { turn: Number(turn?.dataset["turn"] ?? 0), side, bundle };
  return new AppUse(`/battles/${battle.dataset["id"]}/use`, shown, ready, heard);
}
