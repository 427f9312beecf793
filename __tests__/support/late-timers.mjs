/** Loaded into the action's process: whoever sleeps for a second or more is woken half a minute too late. */
const usual = globalThis.setTimeout
globalThis.setTimeout = (act, ms, ...given) => usual(act, ms >= 1000 ? ms + 30_000 : ms, ...given)
