/** What an answer's view knows while a run is under way and after it. Pure: no editor, no HTML. */

import type { Answer, Output } from "../protocol.ts";

export interface Step {
  title: string;
  text: string;
  code: string;
}

export interface State {
  title: string;
  /** What is going on, in a few words; empty once the run is over. */
  doing: string;
  lm: string;
  steps: Step[];
  /** An answer that was submitted and is being checked. */
  draft: string;
  answer: Answer | undefined;
  problem: string;
}

export function started(title: string): State {
  return { title, doing: "Starting", lm: "", steps: [], draft: "", answer: undefined, problem: "" };
}

/** The state after one more piece of output. */
export function withOutput(state: State, output: Output): State {
  switch (output.kind) {
    case "index":
      return { ...state, doing: `Reading ${output.done} of ${output.total} files` };
    case "started":
      return { ...state, lm: output.lm };
    case "turn": {
      const title = `${who(output.session)}Turn ${output.turn}`;
      return { ...state, doing: `${title}: thinking`, steps: [...state.steps, { title, text: "", code: "" }] };
    }
    case "text":
      return changeLast(state, (step) => ({ ...step, text: step.text + output.text }));
    case "cell": {
      const changed = changeLast(state, (step) => ({ ...step, code: joined(step.code, output.code) }));
      return { ...changed, doing: `${who(output.session)}Turn ${output.turn}: looking` };
    }
    case "subcalls":
      return { ...state, doing: `${who(output.session)}${output.done} of ${output.total} sub-queries answered` };
    case "waiting":
      return { ...state, doing: `Waiting ${Math.round(output.seconds)} s: ${output.reason}` };
    case "submitted":
      return output.session === "" ? { ...state, draft: output.answer, doing: "Checking the citations" } : state;
  }
}

/** The state at the end of a run. */
export function withAnswer(state: State, answer: Answer): State {
  return { ...state, answer, doing: "", draft: "" };
}

/** The state after a run that gave no answer. */
export function withProblem(state: State, problem: string): State {
  return { ...state, problem, doing: "" };
}

function who(session: string): string {
  return session ? `Child ${session}, ` : "";
}

function joined(before: string, after: string): string {
  return before ? `${before}\n\n${after}` : after;
}

function changeLast(state: State, change: (step: Step) => Step): State {
  const last = state.steps.at(-1) ?? { title: "Turn 1", text: "", code: "" };
  return { ...state, steps: [...state.steps.slice(0, -1), change(last)] };
}
