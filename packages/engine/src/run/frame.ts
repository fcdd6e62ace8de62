import type { ErrorRecord } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import type { CompiledTemplate, ExpressionScope } from '../expression/index.js'
import type { Activation } from './activation.js'

/** Outputs by step id; grows as steps end. */
type StepResults = Record<string, { readonly output: JsonValue; readonly status: string }>

/** Where an activation is: the data in sight and the loop iteration. Each loop iteration has a frame of its own. */
export class Frame {
  private constructor(
    readonly activation: Activation,
    readonly scope: ExpressionScope,
    private readonly results: StepResults,
    /** Indices of the enclosing loops joined by `.`; `"0"` outside any. */
    readonly iteration: string,
    private readonly depth: number,
  ) {}

  static root(activation: Activation): Frame {
    const results: StepResults = {}
    const { runId, tenantId, customerId, mode, trigger, createdAt } = activation.run
    const scope: ExpressionScope = {
      trigger,
      steps: results,
      vars: {},
      run: { id: runId, mode, createdAt: new Date(createdAt).toISOString() },
      customer: { id: customerId },
      tenant: { id: tenantId },
    }
    return new Frame(activation, scope, results, '0', 0)
  }

  /** A frame for one item of a loop: sees what this one sees so far, and keeps what its steps give to itself. */
  forItem(item: JsonValue, index: number): Frame {
    const results = { ...this.results }
    const iteration = this.depth === 0 ? String(index) : `${this.iteration}.${index}`
    const scope = { ...this.scope, steps: results, item, index }
    return new Frame(this.activation, scope, results, iteration, this.depth + 1)
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
    // An error record is plain JSON; its interface merely lacks an index signature.
    this.settle(stepId, { error: error as unknown as JsonValue }, 'failed')
  }

  outputOf(stepId: string): JsonValue {
    return this.results[stepId]?.output ?? null
  }
}
