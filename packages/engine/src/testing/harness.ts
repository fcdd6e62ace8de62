import { z } from 'zod'
import { plainConnector } from '../conformance/plain-connector.js'
import type { ActionContext, ActionSuspension, Connector, HttpClient } from '../contracts/connector.js'
import type { CustomerId, RunId, TenantId, VersionId, WorkflowId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import type { StepRecord } from '../contracts/run.js'
import {
  createMemoryAdmissionStore,
  createMemoryConnectors,
  createMemoryDefinitions,
  createMemoryDispatcher,
  createMemoryJournal,
  createVirtualClock,
  type VirtualClock,
} from '../memory/index.js'
import type { AdmissionStore } from '../ports/admission-store.js'
import type { BlobStore } from '../ports/blob-store.js'
import type { CodeRunner } from '../ports/code-runner.js'
import type { ConnectorStorage } from '../ports/connector-storage.js'
import type { CredentialProvider } from '../ports/credential-provider.js'
import type { DefinitionStore } from '../ports/definition-store.js'
import type { EngineEvent } from '../ports/event-sink.js'
import type { Governor } from '../ports/governor.js'
import type { Journal, NewEvent, RunRecord } from '../ports/journal.js'
import { createEngine, type Engine } from '../run/engine.js'
import type { StepLogEntry } from '../run/engine-options.js'
import type { EngineSettings } from '../run/settings.js'
import type { WaitLinks } from '../run/wait-links.js'

export const SCOPE = { tenantId: 'ten_1' as TenantId, customerId: 'cus_1' as CustomerId }

/** One call that reached the outside. */
export interface Effect {
  readonly key: string
  readonly input: JsonValue
}

type ActionAnswer = JsonValue | ActionSuspension

export type ActionBehaviour = (
  context: ActionContext,
  effects: readonly Effect[],
) => Promise<ActionAnswer> | ActionAnswer

/** A connector `test` with an action `call` that notes its calls and behaves as told. */
function testConnector(effects: Effect[], behaviour: ActionBehaviour = ({ input }) => input as JsonValue): Connector {
  const run = async (context: ActionContext): Promise<ActionAnswer> => {
    effects.push({ key: context.idempotencyKey, input: context.input as JsonValue })
    return behaviour(context, effects)
  }
  const action = { name: 'Call', description: 'Calls.', input: z.looseObject({}), output: z.json(), run }
  const actions = { call: action, once: { ...action, delivery: 'at-most-once' as const } }
  return plainConnector({ id: 'test', name: 'Test', actions })
}

export interface Harness {
  readonly clock: VirtualClock
  readonly journal: Journal
  readonly engine: Engine
  readonly effects: Effect[]
  readonly events: EngineEvent[]
  readonly unexpected: unknown[]
  /** Starts a run of the definition with this trigger; gives its id. */
  start(trigger?: JsonValue): Promise<RunId>
  /** Starts a run, lets `ms` of virtual time pass, and reads it. */
  run(trigger?: JsonValue, ms?: number): Promise<RunRecord & { readonly steps: readonly StepRecord[] }>
  read(runId: RunId): Promise<RunRecord & { readonly steps: readonly StepRecord[] }>
}

export interface HarnessOptions {
  /** Time-out of the whole workflow. */
  readonly timeout?: string
  readonly behaviour?: ActionBehaviour
  readonly settings?: Partial<EngineSettings>
  readonly clock?: VirtualClock
  readonly journal?: Journal
  readonly effects?: Effect[]
  /** Absent: addresses of a host that does not exist. */
  readonly links?: WaitLinks | undefined
  readonly code?: CodeRunner
  readonly blobs?: BlobStore
  readonly storage?: ConnectorStorage
  /** Beside the test connector. */
  readonly connectors?: readonly Connector[]
  readonly credentials?: CredentialProvider
  readonly http?: HttpClient
  readonly onLog?: (entry: StepLogEntry) => void
  /** In place of the one with the harness's own steps. */
  readonly definitions?: DefinitionStore
  readonly governor?: Governor
  readonly admissions?: AdmissionStore
  readonly onEvent?: (event: NewEvent) => Promise<void>
  /** Workflows that `call` steps can run, by id. */
  readonly workflows?: Readonly<Record<string, readonly unknown[]>>
  /** What the definitions of `workflows` have besides. */
  readonly calledPolicies?: object
  /** What the definition has besides name, trigger, steps and time-out. */
  readonly policies?: object
}

const LINKS: WaitLinks = { secret: 'a secret for tests', url: (kind, token) => `https://inlay.test/${kind}/${token}` }

const versionId = 'ver_1' as VersionId

/** An engine with memory adapters, a virtual clock and one workflow version. */
export function createHarness(steps: readonly unknown[], options: HarnessOptions = {}): Harness {
  const clock = options.clock ?? createVirtualClock()
  const journal = options.journal ?? createMemoryJournal({ clock })
  const effects = options.effects ?? []
  const events: EngineEvent[] = []
  const unexpected: unknown[] = []
  const common = { schema: 'inlay/workflow@1', name: 'Test', trigger: { type: 'manual' } }
  const timeout = options.timeout === undefined ? {} : { timeout: options.timeout }
  const others = Object.entries(options.workflows ?? {})
  const definitions = createMemoryDefinitions(
    {
      [versionId]: { ...common, steps, ...timeout, ...options.policies },
      ...Object.fromEntries(
        others.map(([id, own]) => [`ver_${id}`, { ...common, steps: own, ...options.calledPolicies }]),
      ),
    },
    Object.fromEntries(others.map(([id]) => [id, `ver_${id}` as VersionId])),
  )
  const { code, governor, blobs, storage, onLog, onEvent } = options
  const links = 'links' in options ? options.links : LINKS
  const engine: Engine = createEngine({
    journal,
    clock,
    definitions: options.definitions ?? definitions,
    admissions: options.admissions ?? createMemoryAdmissionStore({ clock }),
    connectors: createMemoryConnectors([testConnector(effects, options.behaviour), ...(options.connectors ?? [])]),
    credentials: options.credentials ?? { open: async () => ({ kind: 'none', fields: {} }) },
    http: options.http ?? { request: () => Promise.reject(new Error('no network in this test')) },
    net: { connect: () => Promise.reject(new Error('no network in this test')) },
    dispatcher: createMemoryDispatcher({ clock, execute: (ids) => engine.execute(ids) }),
    events: { emit: (event) => events.push(event) },
    onUnexpected: (error) => unexpected.push(error),
    settings: options.settings ?? {},
    ...defined({ links, code, governor, blobs, storage, onLog, onEvent }),
  })
  const read: Harness['read'] = async (runId) => {
    const run = await journal.readRun(SCOPE, runId)
    if (run === undefined) throw new Error(`no run ${runId}`)
    return { ...run, steps: await journal.readSteps(SCOPE, runId) }
  }
  const start: Harness['start'] = async (trigger = {}) => {
    const identity = { ...SCOPE, workflowId: 'wf_1' as WorkflowId, versionId, mode: 'live' as const }
    return (await engine.start({ ...identity, trigger })).runId
  }
  const run: Harness['run'] = async (trigger, ms = 0) => {
    const runId = await start(trigger)
    await clock.advance(ms)
    return read(runId)
  }
  return { clock, journal, engine, effects, events, unexpected, start, run, read }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function defined<T extends object>(options: T): Defined<T> {
  // Filtering at run time is what the type says; TypeScript cannot follow Object.entries.
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Defined<T>
}

/** An action step that calls the test connector. */
export function call(id: string, input: JsonValue = {}, more: object = {}): object {
  return { id, type: 'action', connector: 'test', action: 'call', input, ...more }
}
