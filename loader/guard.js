// The guard over the one Wasm program of the page: it notices that the program has stopped, and tells every element that is
// mounted. Nothing here may call into a program that has stopped.

import { BUILD, loadProgram, part } from "./parts.js";

/** All mounted elements share one program, so when it stops they all stop. */
export const mounted = new Set();
let stopped = false;
let watched = false;
/** Where the program panicked and, if that is fixed text, why. Never what somebody typed. */
let panicked = "";

export const isStopped = () => stopped;

function stop() {
  if (stopped) return;
  stopped = true;
  for (const element of mounted) element.stop(panicked);
}

/**
 * A trap: a panic, or memory or stack used up. Not every browser names the Wasm file in a
 * stack, but all name the glue script.
 */
export function ontrap({ error, reason }) {
  const thrown = error ?? reason;
  const ours = ({ url }) => thrown.stack?.includes(url);
  if (typeof WebAssembly !== "object") return;
  if (thrown instanceof WebAssembly.RuntimeError && [BUILD.wasm, BUILD.glue].map(part).some(ours)) {
    stop();
  }
}

/** The program, under watch. */
export async function program() {
  const module = await loadProgram();
  if (watched) return module;
  watched = true;
  // In the middle of a panic nothing may call back into the program.
  module.on_panic?.((at) => {
    panicked = at;
    queueMicrotask(stop);
  });
  addEventListener("error", ontrap);
  addEventListener("unhandledrejection", ontrap);
  return module;
}
