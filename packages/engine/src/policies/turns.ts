import { StepError } from '../contracts/errors.js'
import { toStopReason } from '../http/call-failure.js'
import type { Blocked, CircuitStore } from '../ports/circuit-store.js'
import type { Clock } from '../ports/clock.js'
import type { CallPace, CallPatience, GovernedCall } from '../ports/governor.js'
import { isPace, PACE_RANGE } from './call-pace.js'
import type { CallKeys } from './governor-options.js'
import { aheadOfPace, askedToPause } from './refusals.js'
import type { StoreHealth } from './store-health.js'

interface TurnsDeps {
  readonly clock: Clock
  readonly store: CircuitStore
  readonly health: StoreHealth
}

/** When calls of a connection may be made: not while its service wants a pause, and not ahead of its pace. */
export class Turns {
  /** Unix milliseconds by this process's clock until which calls wait. */
  private pauses = new Map<string, number>()

  constructor(private readonly deps: TurnsDeps) {}

  /** Closes a connection for all processes; others learn of it with their next turn, or within a second. */
  pause({ connection }: CallKeys, ms: number): void {
    this.note(connection, ms)
    void this.deps.health.attempt(() => this.deps.store.pause(connection, ms))
  }

  /** Takes over what all processes together know. A pause never gets shorter, so what this one knows already stays. */
  learn(blocked: readonly Blocked[]): void {
    const now = this.deps.clock.now()
    for (const [key, until] of this.pauses) if (until <= now) this.pauses.delete(key)
    for (const { key, remainingMs } of blocked) this.note(key, remainingMs)
  }

  /** Whether a call has to ask for its turn at all; most do not, and should not pay for it. */
  concerns({ pace }: GovernedCall, { connection }: CallKeys): boolean {
    return pace !== undefined || (this.pauses.size > 0 && this.pauses.has(connection))
  }

  /**
   * Resolves when it is the call's turn.
   *
   * @throws StepError `rate_limited` when that is later than the call may wait; what the signal says when it aborts
   */
  async take(call: GovernedCall, keys: CallKeys, { maxWaitMs = 0, signal }: CallPatience): Promise<void> {
    const waiting: Waiting = { call, keys, signal, latest: this.deps.clock.now() + maxWaitMs }
    do await this.outlastPause(waiting)
    while (!(await this.takeTurn(waiting)))
  }

  private async outlastPause({ call, keys, signal, latest }: Waiting): Promise<void> {
    const { clock } = this.deps
    for (;;) {
      const pausedMs = this.pausedMs(keys.connection)
      if (pausedMs === 0) return
      if (clock.now() + pausedMs > latest) throw askedToPause(call.host, pausedMs)
      // A little apart: calls that were held back together would else be too many again.
      await this.sleep(pausedMs * (1 + clock.random() / 4), call, signal)
    }
  }

  /** False when the service has asked for a pause in the meantime: the turn is then given up. */
  private async takeTurn({ call, keys, signal, latest }: Waiting): Promise<boolean> {
    const { clock, health, store } = this.deps
    const { host, pace } = call
    if (pace === undefined) return true
    assertPace(call.connectorId, pace)
    const maxWaitMs = Math.max(0, latest - clock.now())
    const turn = await health.attempt(() => store.turn(keys.pace, { ...pace, maxWaitMs, pause: keys.connection }))
    if (turn === undefined) return true
    if (turn.answer === 'ahead') throw aheadOfPace(host, turn.waitMs)
    if (turn.answer === 'paused') this.note(keys.connection, turn.waitMs)
    else if (turn.waitMs > 0) await this.sleep(turn.waitMs, call, signal)
    return this.pausedMs(keys.connection) === 0
  }

  private note(key: string, ms: number): void {
    const until = this.deps.clock.now() + ms
    if (until > (this.pauses.get(key) ?? 0)) this.pauses.set(key, until)
  }

  private pausedMs(key: string): number {
    const until = this.pauses.get(key)
    return until === undefined ? 0 : Math.max(0, until - this.deps.clock.now())
  }

  private async sleep(ms: number, { host }: GovernedCall, signal: AbortSignal | undefined): Promise<void> {
    await this.deps.clock.sleep(ms, signal).catch((reason: unknown) => {
      throw toStopReason(reason, host)
    })
  }
}

/** Connectors come from many hands, and nonsense must not get as far as the store that all of them share. */
function assertPace(connectorId: string, pace: CallPace): void {
  if (isPace(pace)) return
  throw new StepError('bug', `The pace of the connector "${connectorId}" makes no sense`, {
    detail: `Its api.pace has to be ${PACE_RANGE}.`,
  })
}

/** A call that waits for its turn. */
interface Waiting {
  readonly call: GovernedCall
  readonly keys: CallKeys
  readonly signal: AbortSignal | undefined
  /** Unix milliseconds. */
  readonly latest: number
}
