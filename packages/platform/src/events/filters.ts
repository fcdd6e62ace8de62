import { type CompiledTemplate, compileExpression, type NewEvent } from '@inlay/engine'
import { triggerOf } from './event-trigger.js'

const MAX_KEPT = 1000

/** Decides whether an event starts a workflow. Filters are compiled once for each version. */
export class EventFilters {
  private readonly compiled = new Map<string, CompiledTemplate>()

  /**
   * @param filter an expression over `trigger`, `customer` and `tenant`
   * @throws StepError `expression` when the filter does not fit the event
   */
  admits(filter: string, event: NewEvent): boolean {
    const { tenantId, customerId } = event
    const value = this.compile(filter).evaluate({
      trigger: triggerOf(event),
      customer: { id: customerId },
      tenant: { id: tenantId },
      steps: {},
      vars: {},
      run: {},
    })
    return value === true
  }

  private compile(filter: string): CompiledTemplate {
    const known = this.compiled.get(filter)
    if (known !== undefined) return known
    const result = compileExpression(filter)
    if (!result.ok) throw new TypeError(`A published filter does not compile: ${filter}`)
    const [oldest] = this.compiled.keys()
    if (this.compiled.size >= MAX_KEPT && oldest !== undefined) this.compiled.delete(oldest)
    this.compiled.set(filter, result.template)
    return result.template
  }
}
