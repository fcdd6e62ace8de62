import { z } from 'zod'
import {
  type ActionContext,
  type ActionResumption,
  type ActionSuspension,
  type Connector,
  type HttpRequest,
  type HttpResponse,
  suspend,
} from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import { type CustomerId, newId, type RunId, type TenantId, type VersionId, type WorkflowId } from '../contracts/ids.js'
import type { JsonObject, JsonValue } from '../contracts/json.js'
import { isTerminal, type RunStatus } from '../contracts/run.js'
import { createMemoryConnectors, createMemoryDefinitions, createMemoryDispatcher } from '../memory/index.js'
import type { Clock } from '../ports/clock.js'
import type { Journal, RunRecord } from '../ports/journal.js'
import { createEngine, type Engine } from '../run/engine.js'
import { dyingJournal } from './dying-journal.js'
import type { Answer, EngineScenario, Expectation, Happening, Suspends } from './engine-scenario.js'
import { equal } from './journal-world.js'
import { plainConnector } from './plain-connector.js'

/** What a scenario of the engine needs. */
export interface EngineWorld {
  readonly journal: Journal
  readonly clock: Clock
  /** Resolves when the clocks of journal and engine have gone on by at least `ms`. */
  pass(ms: number): Promise<void>
}

const LEASE_MS = 400
const PATIENCE_MS = 30_000
const STEP_MS = 20
const SECRET = 'for scenarios only'
const SERVICE = 'https://service.test/jobs'

/**
 * Runs a scenario.
 *
 * @throws Error that says what differs from what the rule demands
 */
export async function runScenario(scenario: EngineScenario, world: EngineWorld): Promise<void> {
  const play = new Play(scenario, world)
  const run = await play.run()
  await check(scenario.expect, run, play)
}

/** One performance of a scenario. */
class Play {
  readonly effects: string[] = []
  readonly scope = { tenantId: newId<TenantId>('ten', Date.now()), customerId: newId<CustomerId>('cus', Date.now()) }
  private readonly tokens = new Map<string, string>()
  private readonly calls = new Map<string, number>()
  private engines: Engine[] = []
  private deaths = 0

  constructor(
    private readonly scenario: EngineScenario,
    private readonly world: EngineWorld,
  ) {}

  async run(): Promise<RunRecord> {
    const { deaths = [], trigger = {}, happenings = [] } = this.scenario
    this.engines = [...deaths, Number.POSITIVE_INFINITY].map((writes) => this.createEngine(writes))
    const ids = { workflowId: 'wf_main' as WorkflowId, versionId: 'ver_main' as VersionId, mode: 'live' as const }
    const { runId } = await this.living.start({ ...this.scope, ...ids, trigger })
    for (const happening of happenings) {
      await this.until(runId, ({ status }) => status === happening.when)
      await this.happen(runId, happening)
    }
    const run = await this.until(runId, ({ status }) => isTerminal(status))
    await this.living.close({ drainMs: 1 })
    return run
  }

  /** Lets time pass, and processes take over from those that have died, until the run is as it should be. */
  private async until(runId: RunId, isReached: (run: RunRecord) => boolean): Promise<RunRecord> {
    let status: RunStatus | undefined
    for (let waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
      const run = await this.world.journal.readRun(this.scope, runId)
      if (run !== undefined && isReached(run)) return run
      status = run?.status
      await this.world.pass(STEP_MS)
      await this.sweep()
    }
    throw new Error(`the run stays ${status}; history: ${JSON.stringify(await this.history(runId))}`)
  }

  /** The first process that has not died. */
  private get living(): Engine {
    const engine = this.engines[this.deaths]
    if (engine === undefined) throw new Error('All processes of the scenario have died.')
    return engine
  }

  private async sweep(): Promise<void> {
    const due = await this.world.journal.due(100)
    const ids = due.filter(({ tenantId }) => tenantId === this.scope.tenantId).map(({ runId }) => runId)
    if (ids.length > 0) void this.living.execute(ids)
  }

  private async happen(runId: RunId, happening: Happening): Promise<void> {
    const engine = this.living
    if ('publish' in happening) await engine.publish({ ...this.scope, ...happening.publish })
    else if ('answer' in happening)
      await engine.answer(this.tokens.get(happening.answer.step) ?? '', happening.answer.with)
    else await engine[happening.control](this.scope, runId)
  }

  async history(runId: RunId): Promise<string[]> {
    const entries = await this.world.journal.readHistory(this.scope, runId)
    return entries.map(({ what, step }) => (step === undefined ? what : `${placeOf(step)} ${what}`))
  }

  private createEngine(writesToLive: number): Engine {
    const { steps, more = {}, workflows = {} } = this.scenario
    const common = { schema: 'inlay/workflow@1', name: 'Scenario', trigger: { type: 'manual' } }
    const others = Object.entries(workflows)
    const engine: Engine = createEngine({
      journal: dyingJournal(this.world.journal, writesToLive, () => {
        this.deaths += 1
      }),
      clock: this.world.clock,
      definitions: createMemoryDefinitions(
        {
          ['ver_main' as VersionId]: { ...common, ...more, steps },
          ...Object.fromEntries(others.map(([id, own]) => [`ver_${id}`, { ...common, steps: own }])),
        },
        Object.fromEntries([...others.map(([id]) => [id, `ver_${id}` as VersionId])]),
      ),
      connectors: createMemoryConnectors([this.connector()]),
      credentials: { open: async () => ({ kind: 'none', fields: {} }) },
      http: { request: (request) => this.callService(request) },
      net: { connect: () => Promise.reject(new Error('no network in scenarios')) },
      dispatcher: createMemoryDispatcher({ clock: this.world.clock, execute: (ids) => engine.execute(ids) }),
      settings: { leaseMs: LEASE_MS, inlineRetryMs: 1 },
      links: { secret: SECRET, url: (kind, token) => `https://scenario.test/${kind}/${token}` },
    })
    return engine
  }

  private connector(): Connector {
    return plainConnector({
      id: 'test',
      name: 'Test',
      actions: {
        call: {
          name: 'Call',
          description: 'Answers as the scenario says.',
          input: z.looseObject({}),
          output: z.json(),
          run: (context) => this.act(context),
        },
      },
    })
  }

  private async act(context: ActionContext): Promise<JsonValue | ActionSuspension> {
    const { idempotencyKey, input, signal } = context
    const [, ...place] = idempotencyKey.split('/')
    this.effects.push(place.join('/'))
    const stepId = place.at(-2) ?? ''
    // The input was plain JSON before it was checked, and the schema leaves it so.
    const data = input as JsonObject
    if (typeof data['token'] === 'string') this.tokens.set(stepId, tokenIn(data['token']))
    const answers = this.scenario.answers?.[stepId] ?? []
    const time = this.calls.get(stepId) ?? 0
    this.calls.set(stepId, time + 1)
    const answer = answers[Math.min(time, answers.length - 1)] ?? { output: data }
    return 'suspends' in answer
      ? this.suspend(stepId, answer.suspends, context)
      : answerWith(answer, context.resumed, signal)
  }

  private async suspend(stepId: string, suspends: Suspends, context: ActionContext): Promise<ActionSuspension> {
    const { state, resumeInMs, awaitsCallback = false, isCalledBackWith } = suspends
    if (awaitsCallback) {
      const callback = context.callbackUrl()
      this.tokens.set(stepId, tokenIn(callback))
      const json = { callback, ...(isCalledBackWith === undefined ? {} : { with: isCalledBackWith }) }
      await context.http.request({ method: 'POST', url: SERVICE, json })
    }
    const resumeAt = resumeInMs === undefined ? {} : { resumeAt: this.world.clock.now() + resumeInMs }
    // The type wants one of the two, which the scenario has.
    return suspend({ state, awaitsCallback, ...resumeAt } as Parameters<typeof suspend>[0])
  }

  /** What the service does: calls back at once when it is asked to. */
  private async callService({ url, json }: HttpRequest): Promise<HttpResponse> {
    if (url !== SERVICE) throw new Error('no network in scenarios')
    // Written in `suspend` above.
    const { callback, with: body } = json as { callback: string; with?: JsonValue }
    if (body !== undefined) await this.living.answer(tokenIn(callback), { body })
    return { status: 202, headers: {}, text: '', bytes: new Uint8Array(), json: () => null }
  }
}

function tokenIn(url: string): string {
  return url.split('/').at(-1)?.split('?')[0] ?? ''
}

function answerWith(
  answer: Exclude<Answer, { readonly suspends: Suspends }>,
  resumed: ActionResumption | undefined,
  signal: AbortSignal,
): JsonValue | Promise<JsonValue> {
  if ('output' in answer) return answer.output
  if ('tellsHowResumed' in answer) return resumed === undefined ? null : { ...resumed }
  if ('hangs' in answer)
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  const { kind, title, ...options } = answer.error
  throw new StepError(kind, title, options)
}

async function check(expected: Expectation, run: RunRecord, play: Play): Promise<void> {
  const history = await play.history(run.runId)
  const told = ` (history: ${JSON.stringify(history)})`
  equal(run.status, expected.status, `status${told}`)
  if (expected.output !== undefined) equal(run.output, expected.output, 'output')
  if (expected.error !== undefined) equal(picked(run.error, expected.error), expected.error, 'error')
  const ordered = (list: readonly string[]): readonly string[] => (expected.anyOrder === true ? [...list].sort() : list)
  if (expected.effects !== undefined) equal(ordered(play.effects), ordered(expected.effects), 'effects')
  if (expected.history !== undefined) equal(ordered(history), ordered(expected.history), 'history')
}

function picked(actual: object | undefined, expected: JsonObject): unknown {
  const fields = Object.entries(actual ?? {}).filter(([name]) => Object.hasOwn(expected, name))
  return Object.fromEntries(fields)
}

function placeOf({ stepPath, iteration }: { readonly stepPath: string; readonly iteration: string }): string {
  return iteration === '0' ? stepPath : `${stepPath}/${iteration}`
}
