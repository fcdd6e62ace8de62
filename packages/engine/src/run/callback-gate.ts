import type { ActionContext } from '../contracts/connector.js'

/** What an engine adds to the context of an action, for connectors of its own making. */
const GATE = Symbol.for('inlay.callback-gate')

/** Whoever knows when callbacks can be answered. */
export interface CallbackGate {
  /** Resolves when those can be whose address was asked for. @throws what kept the journal from writing */
  opened(): Promise<void>
}

/** The context, with its gate. */
export function withCallbackGate(context: ActionContext, gate: CallbackGate): ActionContext {
  return Object.assign(context, { [GATE]: gate })
}

/**
 * Resolves when a callback can be answered whose address an action was given. The doors of a context wait for it by
 * themselves; what goes out another way has to ask. Resolves at once for contexts that no engine has made.
 */
export async function callbackIsOpen(context: ActionContext): Promise<void> {
  if (!(GATE in context)) return
  // Set above, and by nobody else.
  await (context as ActionContext & { readonly [GATE]: CallbackGate })[GATE].opened()
}
