import type { ErrorRecord } from '../contracts/errors.js'
import { asJson, type JsonObject, type JsonValue } from '../contracts/json.js'
import type { CompiledTemplate, ExpressionScope } from '../expression/index.js'
import type { Activation } from './activation.js'
import type { CancelScope } from './cancel-scope.js'
import { SuspendSignal } from './signals.js'

/** Outputs by step id; grows as steps end. */
type StepResults = Record<string, { readonly output: JsonValue; readonly status: string }>

/** Where an activation is: the data in sight, the loop iteration, and what can stop it. Each loop iteration has a frame of its own. */
export class Frame {
  private constructor(
    readonly activation: Activation,
    readonly scope: ExpressionScope,
    private readonly results: StepResults,
    private readonly place: Place,
  ) {}

  static root(activation: Activation, vars: JsonObject = {}): Frame {
    const results: StepResults = {}
    const { runId, tenantId, customerId, mode, trigger, createdAt } = activation.run
    const scope: ExpressionScope = {
      trigger,
      steps: results,
      vars,
      run: { id: runId, mode, createdAt: new Date(createdAt).toISOString() },
      customer: { id: customerId },
      tenant: { id: tenantId },
    }
    return new Frame(activation, scope, results, { iteration: '0', depth: 0, stops: activation.course })
  }

  /** Indices of the enclosing loops joined by `.`; `"0"` outside any. */
  get iteration(): string {
    return this.place.iteration
  }

  /** What stops the steps of this frame. */
  get stops(): CancelScope {
    return this.place.stops
  }

  /** A frame for one item of a loop: sees what this one sees so far, and keeps what its steps give to itself. */
  forItem(item: JsonValue, index: number): Frame {
    return this.inner({ item, index })
  }

  /** A frame for one round of a loop without items. */
  forRound(index: number): Frame {
    return this.inner({ index })
  }

  /** The same place, stopped by `stops`. */
  within(stops: CancelScope): Frame {
    return new Frame(this.activation, this.scope, this.results, { ...this.place, stops })
  }

  /** The same place, for clean-up: only the loss of the run stops it. */
  shielded(): Frame {
    return this.within(this.activation.possession)
  }

  private inner(loop: { readonly item?: JsonValue; readonly index: number }): Frame {
    const { iteration, depth, stops } = this.place
    const results = { ...this.results }
    const path = depth === 0 ? String(loop.index) : `${iteration}.${loop.index}`
    const scope = { ...this.scope, steps: results, ...loop }
    return new Frame(this.activation, scope, results, { iteration: path, depth: depth + 1, stops })
  }

  /** Whether steps may begin here. */
  get isGoing(): boolean {
    return !this.place.stops.isOver && !this.mustRest
  }

  /** @throws what stopped this frame, once something has */
  assertGoing(): void {
    if (this.place.stops.isOver) throw this.place.stops.reason
    if (this.mustRest) throw new SuspendSignal()
  }

  /** Whether anything inside a block is recorded, in this iteration. */
  hasBegun(blockPath: string): boolean {
    return this.activation.hasRecordInside(blockPath, this.place.depth === 0 ? undefined : this.place.iteration)
  }

  /** Clean-up is not held up by an operator who wants the run to rest. */
  private get mustRest(): boolean {
    return this.activation.isResting && this.place.stops !== this.activation.possession
  }

  /** @throws StepError `expression` or `limit` */
  evaluate(template: CompiledTemplate): JsonValue {
    return template.evaluate(this.scope)
  }

  /** Ends a step for those after it. */
  settle(stepId: string, output: JsonValue, status: string): void {
    this.results[stepId] = { output, status }
  }

  /** Ends a failed step: where it does not end the run, its output is `{ error }`. */
  settleFailed(stepId: string, error: ErrorRecord): void {
    this.settle(stepId, { error: asJson(error) }, 'failed')
  }

  /** What the last step of a sequence gave; null when it has none. */
  lastOutput(steps: readonly { readonly id: string }[]): JsonValue {
    return this.results[steps.at(-1)?.id ?? '']?.output ?? null
  }
}

interface Place {
  readonly iteration: string
  /** Loops around. */
  readonly depth: number
  readonly stops: CancelScope
}
