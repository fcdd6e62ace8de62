import { FencedError } from '../contracts/errors.js'
import { CancelSignal, FailureSignal, PauseSignal, StopSignal, SuspendSignal } from '../run/signals.js'

/** How one of several concurrent sequences ended. */
export type Settled = { readonly ok: true } | { readonly ok: false; readonly signal: unknown }

/** Runs a sequence and turns however it ends into a value. */
export async function settle(run: () => Promise<unknown> | undefined): Promise<Settled> {
  try {
    await run()
    return { ok: true }
  } catch (signal) {
    return { ok: false, signal }
  }
}

/**
 * Leaves a block the way its sequences ask for, once all of them have settled: losing the lease counts first, then a
 * cancellation, a `stop`, the first failure in order; only when none of those is there does the block rest, as a whole
 * when an operator wants it to, else until the earliest moment at which any sequence can go on.
 */
export function throwSignals(settled: readonly Settled[]): void {
  const signals = settled.flatMap((result) => (result.ok ? [] : [result.signal]))
  if (signals.length === 0) return
  const ending =
    signals.find((signal) => signal instanceof FencedError) ??
    signals.find((signal) => signal instanceof CancelSignal) ??
    signals.find((signal) => signal instanceof StopSignal) ??
    signals.find((signal) => signal instanceof FailureSignal) ??
    signals.find((signal) => !(signal instanceof PauseSignal || signal instanceof SuspendSignal)) ??
    signals.find((signal) => signal instanceof SuspendSignal)
  if (ending !== undefined) throw ending
  throw earliestPause(signals)
}

/** The moment at which the first of several pauses is over. */
function earliestPause(signals: readonly unknown[]): PauseSignal {
  const wakeTimes = signals.flatMap((signal) =>
    signal instanceof PauseSignal && signal.wakeAt !== undefined ? [signal.wakeAt] : [],
  )
  return wakeTimes.length === 0 ? new PauseSignal() : new PauseSignal(Math.min(...wakeTimes))
}
