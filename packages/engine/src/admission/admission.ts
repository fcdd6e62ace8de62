import { type ErrorRecord, isInlayError, UserError } from '../contracts/errors.js'
import type { RunId, VersionId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import type { RunIdentity } from '../contracts/run.js'
import type { AdmissionStore, GatheredRun, GatheredTrigger } from '../ports/admission-store.js'
import type { NewRun } from '../ports/journal.js'
import { recordFailure } from '../run/error-record.js'
import type { Program } from '../run/program.js'
import type { ProgramCache } from '../run/program-cache.js'
import { type AdmissionPolicies, type KeyedRate, keyOf, policiesOf, slotOf } from './policies.js'

/** What is to become of a trigger: a run to record now, or one to be. */
export type Admitted =
  | { readonly kind: 'run'; readonly run: NewRun }
  | { readonly kind: 'gathered'; readonly trigger: GatheredTrigger }

const MAX_KNOWN = 100_000

type VersionOf = Pick<RunIdentity, 'tenantId' | 'versionId'>

export interface AdmissionDeps {
  readonly store: AdmissionStore | undefined
  /** Bytes of JSON that the triggers of one run may have together. */
  readonly maxPayloadBytes: number
  readonly programs: ProgramCache
}

/**
 * Applies what definitions say about the start of their runs. Rates and buffers are for what comes from outside: what
 * people start again, forks and test runs count against limits on concurrency alone, test runs against none.
 */
export class Admission {
  /** By version, which never changes. More than there are programs: of most versions it says that there is nothing. */
  private readonly known = new Map<VersionId, { readonly policies: AdmissionPolicies | undefined }>()

  constructor(private readonly deps: AdmissionDeps) {}

  /**
   * The policies of a run's version, at once when they are known: the start of a run must not cost a turn of the
   * event loop more. Undefined when its runs just start; so do those of a version that cannot be executed, to fail with
   * the reason.
   *
   * @throws what the definition store throws
   */
  policiesFor(run: VersionOf): AdmissionPolicies | undefined | Promise<AdmissionPolicies | undefined> {
    const known = this.known.get(run.versionId)
    return known === undefined ? this.load(run) : known.policies
  }

  /**
   * Decides on a trigger. A key that cannot be computed refuses the run, so that its reason is recorded where the
   * workflow's people look.
   *
   * @throws UserError `engine.no_admission_store`
   */
  async admit(policies: AdmissionPolicies, run: NewRun): Promise<Admitted> {
    if (run.mode === 'test') return { kind: 'run', run }
    const isFromOutside = run.origin === undefined && run.steps === undefined
    return this.refusingFailures(run, async () => {
      if (!isFromOutside) return { kind: 'run', run: inPlace(policies, run) }
      const { rateLimit, gather } = policies
      const excess = rateLimit === undefined ? undefined : await this.excess(rateLimit, run)
      if (excess !== undefined) return { kind: 'run', run: { ...run, refused: excess } }
      if (gather === undefined) return { kind: 'run', run: await this.scheduled(policies, run) }
      return { kind: 'gathered', trigger: await this.gather(gather, run) }
    })
  }

  /** A child run with its place among the runs of its workflow: a parent waits for it, so nothing else holds it up. */
  async place(child: NewRun): Promise<NewRun> {
    const policies = await this.policiesFor(child)
    if (policies === undefined || child.mode === 'test') return child
    const placed = await this.refusingFailures(child, async () => ({ kind: 'run', run: inPlace(policies, child) }))
    return placed.kind === 'run' ? placed.run : child
  }

  /** The run that gathered triggers make. */
  async release({ run, kind, triggers }: GatheredRun): Promise<NewRun> {
    const policies = await this.policiesFor(run)
    const trigger = kind === 'all' ? { items: triggers } : (triggers.at(-1) ?? null)
    const given: NewRun = { ...run, trigger }
    if (policies === undefined) return given
    const released = await this.refusingFailures(given, async () => ({
      kind: 'run',
      run: await this.scheduled(policies, given),
    }))
    return released.kind === 'run' ? released.run : given
  }

  /** Gathered triggers whose run is due; none without a store. */
  async due(options: { readonly limit: number; readonly runId?: RunId }): Promise<readonly GatheredRun[]> {
    return (await this.deps.store?.due(options)) ?? []
  }

  async done(runId: RunId): Promise<void> {
    await this.deps.store?.done([runId])
  }

  private load(run: VersionOf): AdmissionPolicies | undefined | Promise<AdmissionPolicies | undefined> {
    const program = this.deps.programs.peek(run.versionId)
    if (program !== undefined) return this.keep(run, program)
    return this.deps.programs.load(run).then((loaded) => (loaded.ok ? this.keep(run, loaded.program) : undefined))
  }

  private keep({ versionId }: VersionOf, { definition }: Program): AdmissionPolicies | undefined {
    const policies = policiesOf(definition)
    if (this.known.size >= MAX_KNOWN) this.known.clear()
    this.known.set(versionId, { policies })
    return policies
  }

  private async scheduled(policies: AdmissionPolicies, run: NewRun): Promise<NewRun> {
    const { throttle } = policies
    const placed = inPlace(policies, run)
    if (throttle === undefined) return placed
    const { delayMs } = await this.take(throttle, run, 'queue')
    return delayMs > 0 ? { ...placed, delayMs } : placed
  }

  private async excess(policy: KeyedRate, run: NewRun): Promise<ErrorRecord | undefined> {
    const { isTaken, delayMs } = await this.take(policy, run, 'refuse')
    if (isTaken) return undefined
    return {
      kind: 'rate_limited',
      title: 'The run was skipped: there are more triggers than the rate limit allows',
      detail: `At most ${policy.limit} runs may start in ${policy.periodMs / 1000} s. Raise "rateLimit", or use "throttle" to let further runs wait.`,
      retryable: false,
      retryAfterMs: Math.ceil(delayMs),
    }
  }

  private take(policy: KeyedRate, run: NewRun, onExcess: 'queue' | 'refuse') {
    const { limit, periodMs } = policy
    return this.store.take({ tenantId: run.tenantId, key: keyOf(policy, run), limit, periodMs, onExcess })
  }

  private gather(policy: NonNullable<AdmissionPolicies['gather']>, run: NewRun): Promise<GatheredTrigger> {
    const { runId, tenantId, customerId, workflowId, versionId, mode, trigger, deduplicationKey } = run
    return this.store.gather({
      run: { runId, tenantId, customerId, workflowId, versionId, mode },
      key: keyOf(policy, run),
      trigger,
      bytes: sizeOf(trigger),
      ...(deduplicationKey === undefined ? {} : { deduplicationKey }),
      policy: policy.kind === 'last' ? policy : { ...policy, maxBytes: this.deps.maxPayloadBytes },
    })
  }

  private async refusingFailures(run: NewRun, decide: () => Promise<Admitted>): Promise<Admitted> {
    try {
      return await decide()
    } catch (error) {
      if (!isInlayError(error) || error.code !== 'step.expression') throw error
      return { kind: 'run', run: { ...run, refused: recordFailure(error).error } }
    }
  }

  private get store(): AdmissionStore {
    if (this.deps.store !== undefined) return this.deps.store
    throw new UserError(
      'invalid',
      'engine.no_admission_store',
      'This engine cannot apply rates, debounce and batches.',
      {
        detail: 'The workflow asks for one of them. The host has to create the engine with the option "admissions".',
      },
    )
  }
}

/** A run with its place among those of its workflow. @throws StepError when the key cannot be computed */
function inPlace(policies: AdmissionPolicies, run: NewRun): NewRun {
  const slot = slotOf(policies, run)
  const placed = policies.priority === 0 ? run : { ...run, priority: policies.priority }
  return slot === undefined ? placed : { ...placed, slot }
}

function sizeOf(trigger: JsonValue): number {
  return Buffer.byteLength(JSON.stringify(trigger))
}
