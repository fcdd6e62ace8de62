import type { ActionResumption, ActionSuspension } from '../../contracts/connector.js'
import { StepError } from '../../contracts/errors.js'
import { asJson, isJsonObject, type JsonObject, type JsonValue } from '../../contracts/json.js'
import { measurePlainJson } from '../../contracts/plain-json.js'
import type { StepRecord } from '../../contracts/run.js'
import type { StepCall } from '../../run/program.js'
import { PauseSignal } from '../../run/signals.js'
import { waitToken } from '../../run/wait-links.js'
import { waitingRecord } from '../waiting-record.js'

/**
 * What the journal holds, in the place of an output, of an action that has suspended itself or asked for its callback's
 * address. A call of the action and its repetitions are one round; a suspension ends it.
 */
interface RoundMark {
  /** Rounds before this one. */
  readonly number: number
  /** Callbacks that were taken: each has an address of its own, which stays the same until somebody calls it. */
  readonly callbacks: number
  /** Whether the wait for the next callback is open. */
  readonly isOpen: boolean
  /** How this round goes on from the one before. */
  readonly resumed?: ActionResumption
  /** How this round has ended. */
  readonly suspended?: { readonly state: JsonValue; readonly awaitsCallback: boolean }
}

/** The field that marks it. */
const MARK = '$round'
const FIRST: RoundMark = { number: 0, callbacks: 0, isOpen: false }
/** The latest moment that a date can hold. */
const MAX_MOMENT = 8.64e15

/** The round that an action step is in. */
export class Round {
  private mark: RoundMark
  /** Of the open wait, when it came before this process took the run over. */
  private answer: JsonValue | undefined
  private opening: Promise<void> | undefined

  constructor(
    private readonly call: StepCall,
    private readonly before: StepRecord | undefined,
  ) {
    const mark = before === undefined ? undefined : markIn(before)
    this.mark = mark ?? FIRST
    if (mark === undefined) return
    this.answer = call.frame.activation.answerOf(call.address)
    call.closesWait = true
  }

  /** What the action was given before; undefined when it has yet to be worked out. */
  get input(): JsonValue | undefined {
    return this.mark === FIRST ? undefined : this.before?.input
  }

  /** How the action goes on; undefined when it begins. */
  get resumed(): ActionResumption | undefined {
    return this.mark.resumed
  }

  /** Resolves when a callback can be answered whose address was asked for. @throws what kept the journal from writing */
  async opened(): Promise<void> {
    if (this.opening !== undefined) await this.opening
  }

  /**
   * Begins the round after a suspension. How it was resumed is recorded before the action is called, so that every
   * repetition sees the same.
   *
   * @throws PauseSignal when what it waits for has not come
   */
  resume(): void {
    const { activation } = this.call.frame
    const { suspended = { state: null, awaitsCallback: false } } = this.mark
    const deadline = this.before?.wakeAt
    const answer = suspended.awaitsCallback ? this.answer : undefined
    if (answer === undefined && (deadline === undefined || activation.now() < deadline)) throw pause(deadline)
    this.call.frame.assertGoing()
    this.assertNotTooMany()
    const { number, callbacks, isOpen } = this.mark
    const { state } = suspended
    if (answer === undefined) {
      this.mark = { number, callbacks, isOpen, resumed: { state, reason: 'time', payload: null } }
      activation.record(this.running())
      return
    }
    const resumed = { state, reason: 'callback' as const, payload: payloadOf(answer) }
    this.mark = { number, callbacks: callbacks + 1, isOpen: false, resumed }
    this.answer = undefined
    activation.record(this.running(), null)
  }

  /**
   * The address whose call resumes the action. It can be answered before anything leaves the process: a service may call
   * at once.
   *
   * @throws StepError `validation` when the engine was made without links
   */
  callbackUrl(): string {
    const { activation } = this.call.frame
    const { links } = activation.deps
    const token = waitToken(links, activation.run.runId, { ...this.call.address, callbacks: this.mark.callbacks })
    if (!this.mark.isOpen) {
      this.mark = { ...this.mark, isOpen: true }
      this.call.closesWait = true
      activation.record(this.running(), { kind: 'callback', token, detail: { deadline: null } })
      this.opening = activation.makeDurable()
      // Whoever goes out waits for it; an action that stays at home learns of a failure when the run is written.
      this.opening.catch(() => undefined)
    }
    return links?.url('callback', token, activation.run.tenantId) ?? ''
  }

  /**
   * Ends the round: the run rests until the callback or the moment comes.
   *
   * @throws PauseSignal
   * @throws StepError `bug` for a suspension that nothing could end, `limit` for a state that is too large
   */
  suspend(suspension: ActionSuspension): never {
    const { activation } = this.call.frame
    const { awaitsCallback } = suspension
    const wakeAt = this.checkedMoment(suspension)
    const maxBytes = activation.deps.settings.maxPayloadBytes
    const { value: state, bytes } = measurePlainJson(suspension.state, { maxBytes, name: "action's state" })
    activation.growHistory(bytes)
    const { number, callbacks, isOpen } = this.mark
    this.mark = {
      number: number + 1,
      callbacks,
      isOpen: isOpen && awaitsCallback,
      suspended: { state, awaitsCallback },
    }
    const closes = isOpen && !awaitsCallback ? null : undefined
    activation.record({ ...waitingRecord(this.call, wakeAt), ...this.output() }, closes)
    // The journal woke an earlier owner of the run, not this one.
    throw pause(awaitsCallback && this.answer !== undefined ? activation.now() : wakeAt)
  }

  /** What the journal holds while the action is under way. */
  running(): StepRecord {
    const { step, address, startedAt, input, attempt } = this.call
    return {
      ...address,
      type: step.type,
      status: 'running',
      attempt,
      startedAt,
      ...(input === undefined ? {} : { input }),
      ...this.output(),
    }
  }

  private output(): { readonly output?: JsonValue } {
    return this.mark === FIRST ? {} : { output: { [MARK]: asJson(this.mark) } }
  }

  /** @returns Unix milliseconds */
  private checkedMoment({ resumeAt, awaitsCallback }: ActionSuspension): number | undefined {
    const isMoment = typeof resumeAt === 'number' && Number.isFinite(resumeAt)
    if (resumeAt !== undefined && !isMoment) throw endless('"resumeAt" is not a moment in Unix milliseconds')
    if (resumeAt === undefined && !awaitsCallback) throw endless('it waits neither for a callback nor for a moment')
    if (awaitsCallback && !this.mark.isOpen) throw endless('it waits for a callback whose address it never asked for')
    return resumeAt === undefined ? undefined : Math.round(Math.min(resumeAt, MAX_MOMENT))
  }

  private assertNotTooMany(): void {
    const { maxStepsPerRun } = this.call.frame.activation.deps.settings
    if (this.mark.number <= maxStepsPerRun) return
    throw new StepError('limit', 'The action has suspended itself too often', {
      detail: `It may do so ${maxStepsPerRun} times. What it waits for may never come.`,
    })
  }
}

/** Hosts answer callbacks with `{ body }`. */
function payloadOf(answer: JsonValue): JsonValue {
  return isJsonObject(answer) && Object.hasOwn(answer, 'body') ? (answer['body'] ?? null) : answer
}

function pause(wakeAt: number | undefined): PauseSignal {
  return wakeAt === undefined ? new PauseSignal() : new PauseSignal(wakeAt)
}

function endless(why: string): StepError {
  return new StepError('bug', 'The action suspended itself in a way that nothing can end', {
    detail: `The connector made a mistake: ${why}. Report it to the connector's author.`,
  })
}

function markIn({ output }: StepRecord): RoundMark | undefined {
  const mark = isJsonObject(output) ? output[MARK] : undefined
  // Records of steps that have not ended hold no output of a connector: what is marked was written above.
  return isJsonObject(mark) ? (mark as JsonObject & RoundMark) : undefined
}
