import { isInlayError, type TriggerKind } from '@inlay/engine'
import type { AuditLog } from '../../audit/index.js'
import { isUnavailable } from '../../database/index.js'
import type { Logger } from '../../telemetry/index.js'
import { afterSetback, explain, kindOf } from './backoff.js'
import type { TriggerClaim } from './claims.js'
import { intervalOf, type PollerDeps, pollOnce } from './poller.js'
import { Registrar, type RegistrarDeps, renewalOf } from './registrar.js'
import type { OpenedTrigger } from './trigger-code.js'
import type { TriggerRow } from './trigger-row.js'

const MINUTE_MS = 60_000
/** Waits before a registration is tried to be taken back again: for a day in all, then the service keeps it. */
const REMOVAL_DELAYS_MS = [1, 5, 30, 120, 360, 1000].map((minutes) => minutes * MINUTE_MS)
/** What is opened with is gone, and will not come back: fewer tries. */
const HOPELESS_REMOVALS = 2

/** What working on triggers needs. */
export interface TriggerWorkDeps extends PollerDeps, RegistrarDeps {
  readonly audit: AuditLog
  readonly log: Logger
}

/** Does what a claimed trigger needs: polls, registers, renews, or takes back what its service was told. */
export class TriggerWorker {
  private readonly registrar: Registrar

  constructor(private readonly deps: TriggerWorkDeps) {
    this.registrar = new Registrar(deps)
  }

  /** Never rejects: failures are written down with the trigger, and those of the database leave it to the next claim. */
  async work(claim: TriggerClaim): Promise<void> {
    try {
      const row = await this.deps.store.claimed(claim)
      if (row === undefined) return
      if (row.workflow_id === null) await this.remove(claim, row)
      else await this.serve(claim, row)
    } catch (error) {
      this.deps.log.warn({ error, triggerId: claim.id }, 'A trigger could not be worked on; it is taken up again.')
    }
  }

  private async serve(claim: TriggerClaim, row: TriggerRow): Promise<void> {
    let opened: OpenedTrigger | undefined
    try {
      opened = await this.deps.code.open(row)
      await this.dispatch(claim, row, opened)
    } catch (error) {
      await this.fail({ claim, row, opened, error })
    }
  }

  private async dispatch(claim: TriggerClaim, row: TriggerRow, opened: OpenedTrigger): Promise<void> {
    const { trigger } = opened
    switch (trigger.kind) {
      case 'polling':
        return pollOnce(this.deps, { claim, row, opened, trigger })
      case 'webhook': {
        await this.registrar.register({ claim, row, opened, trigger })
        return this.succeed(claim, 'webhook', renewalOf(trigger))
      }
      case 'appWebhook': {
        // Opens the connection: one that cannot be used is told of now, and not with the first event that never comes.
        await this.deps.code.call(row, opened, { timeoutMs: MINUTE_MS, run: async () => undefined })
        return this.succeed(claim, 'appWebhook', null)
      }
      case 'event': {
        await this.deps.store.setEvent(claim, trigger.event)
        return this.succeed(claim, 'event', null)
      }
    }
  }

  private async succeed(claim: TriggerClaim, kind: TriggerKind, delayMs: number | null): Promise<void> {
    await this.deps.store.finish(claim, kind, { status: 'active', detail: null, delayMs, failures: 0 })
  }

  private async fail({ claim, row, opened, error }: Failed): Promise<void> {
    const { store, metrics, signal, random, log } = this.deps
    // A process that stops has cut its own calls short, and a database that is away says nothing of the service.
    if (signal.aborted) return store.release(claim)
    if (isUnavailable(error)) throw error
    const after = afterSetback({
      error,
      failures: row.failures,
      failingSince: row.failing_since,
      intervalMs: opened?.trigger.kind === 'polling' ? intervalOf(opened.trigger) : 0,
      now: Date.now(),
      random: random(),
    })
    const { connector, trigger, workflow_id: workflowId, tenant_id: tenantId } = row
    if (opened?.trigger.kind === 'polling') metrics.polled(connector, 'failed')
    log.warn(
      { tenantId, workflowId, connector, trigger, kind: kindOf(error), ...(isInlayError(error) ? {} : { error }) },
      after.status === 'stopped' ? 'A trigger was stopped after a week of failures.' : 'A trigger failed.',
    )
    // One that has never worked is not said to work because its failures may pass.
    const status = after.status === 'active' && row.status === 'starting' ? row.status : after.status
    await store.finish(claim, opened?.trigger.kind ?? null, { ...after, status })
    if (status === 'stopped') await this.recordStop(row)
  }

  private recordStop({
    tenant_id: tenantId,
    customer_id: customerId,
    id,
    connector,
    trigger,
    workflow_id,
  }: TriggerRow) {
    const details = { connector, trigger, workflowId: workflow_id }
    const target = { kind: 'connector_trigger', id }
    return this.deps.audit.record({ tenantId, customerId }, { action: 'connector_trigger.stopped', target, details })
  }

  /** What was told to a service is taken back, or given up when that has failed for long. */
  private async remove(claim: TriggerClaim, row: TriggerRow): Promise<void> {
    const { store, log, signal } = this.deps
    try {
      if (row.token !== null) await this.unregister(claim, row)
      await store.delete(claim)
    } catch (error) {
      if (signal.aborted) return store.release(claim)
      if (isUnavailable(error)) throw error
      const isHopeless = ['authentication', 'validation', 'bug'].includes(kindOf(error))
      const delayMs = REMOVAL_DELAYS_MS[row.failures]
      if (delayMs === undefined || (isHopeless && row.failures >= HOPELESS_REMOVALS)) {
        const { tenant_id: tenantId, connector, trigger } = row
        log.warn({ tenantId, connector, trigger }, 'A service was not told to call no more; its calls lead nowhere.')
        return store.delete(claim)
      }
      const failures = row.failures + 1
      await store.finish(claim, null, { status: 'stopped', detail: explain(error), delayMs, failures })
    }
  }

  private async unregister(claim: TriggerClaim, row: TriggerRow): Promise<void> {
    const opened = await this.deps.code.open(row)
    const { trigger } = opened
    if (trigger.kind === 'webhook') await this.registrar.unregister({ claim, row, opened, trigger })
  }
}

interface Failed {
  readonly claim: TriggerClaim
  readonly row: TriggerRow
  readonly opened: OpenedTrigger | undefined
  readonly error: unknown
}
