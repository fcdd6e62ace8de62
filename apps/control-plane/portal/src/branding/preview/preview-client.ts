// A client that answers from memory: what is tried in the preview changes nothing anywhere.
import type { BuilderClient, Run, Workflow } from '@inlay/embed-ui'
import { NO_BRAND } from '../brand.js'
import { PREVIEW_APPS } from './preview-apps.js'
import { PREVIEW_SAMPLES, PREVIEW_WORKFLOW } from './preview-workflow.js'

const PERMISSIONS = ['workflows:read', 'workflows:write', 'workflows:publish', 'runs:read', 'connectors:read']
const NOTHING = { data: [], nextCursor: null }

const silent = { subscribe: () => ({ unsubscribe: () => undefined }) }
const reads = <Output>(answer: Output) => ({ query: async () => answer })
/** Of what needs a real server. */
const refuses = {
  mutate: async (): Promise<never> => Promise.reject(new Error('This is only a preview: nothing is sent or kept.')),
  query: async (): Promise<never> => Promise.reject(new Error('This is only a preview: there is nothing to read.')),
  subscribe: () => ({ unsubscribe: () => undefined }),
}

/** What the preview answers; the rest is refused. */
type Answers = { readonly [Room in keyof BuilderClient]?: Partial<BuilderClient[Room]> }

/** A client for the real builder over one made-up workflow. */
export function createPreviewClient(productName: string): BuilderClient {
  return withRefusals({
    auth: {
      me: reads({
        caller: 'embed' as const,
        // The preview's theme is given from outside, so that it follows what is typed.
        tenant: { name: productName, brand: { ...NO_BRAND, appearance: {}, texts: {} } },
        customer: { id: PREVIEW_WORKFLOW.customerId, externalId: '1', name: 'Example' },
        permissions: PERMISSIONS,
      }),
    },
    connectors: {
      list: reads({ data: PREVIEW_APPS.map(toListing), nextCursor: null }),
      get: {
        query: async ({ id }) => {
          const found = PREVIEW_APPS.find((app) => app.id === id)
          return found ?? Promise.reject(new Error(`There is no app ${id}.`))
        },
      },
    },
    connections: { list: reads(NOTHING), usage: reads({ data: [] }) },
    triggers: { sample: { mutate: async () => ({ source: 'sample', data: PREVIEW_SAMPLES.trigger, detail: null }) } },
    workflows: previewWorkflows(),
    workflowTests: { list: reads({ data: [] }) },
    runs: previewRuns(),
    automations: { list: reads({ data: [] }) },
    templates: { list: reads(NOTHING) },
    approvals: { list: reads(NOTHING) },
  })
}

function previewWorkflows(): Answers['workflows'] & object {
  let workflow: Workflow = PREVIEW_WORKFLOW
  return {
    list: reads({ data: [PREVIEW_WORKFLOW], nextCursor: null }),
    get: { query: async () => workflow },
    update: {
      mutate: async (change) => {
        workflow = { ...workflow, ...change }
        return workflow
      },
    },
    saveDraft: {
      mutate: async ({ definition, baseRevision }) => {
        const { issues } = workflow.draft
        const draft = { definition, revision: baseRevision + 1, issues, updatedAt: new Date().toISOString() }
        workflow = { ...workflow, draft }
        return draft
      },
    },
    watchDraft: silent,
    versions: reads(NOTHING),
    versionById: reads({ definition: PREVIEW_WORKFLOW.draft.definition, number: 2 }),
    samples: reads(PREVIEW_SAMPLES),
  }
}

/** A client that refuses what it has no answer for. */
function withRefusals(answers: Answers): BuilderClient {
  const whole = (room: object): object =>
    new Proxy(room, { get: (target, name) => Reflect.get(target, name) ?? refuses })
  const rooms = new Map(Object.entries(answers).map(([name, room]) => [name, whole(room)]))
  // Every room has every procedure, though most of them only refuse.
  return new Proxy({}, { get: (_target, name) => rooms.get(String(name)) ?? whole({}) }) as BuilderClient
}

function toListing({ actions, triggers, auth: _auth, docs: _docs, ...about }: (typeof PREVIEW_APPS)[number]) {
  return { ...about, counts: { actions: actions.length, triggers: triggers.length }, matches: [] }
}

function previewRuns(): Answers['runs'] & object {
  const runs = (['succeeded', 'failed', 'waiting', 'succeeded'] as const).map(makeRun)
  return {
    list: reads({ data: runs, nextCursor: null }),
    get: { query: async ({ id }) => runs.find((run) => run.id === id) ?? makeRun('succeeded', 0) },
    steps: reads({ data: [] }),
    watch: silent,
    watchList: silent,
    watchAll: silent,
  }
}

const MINUTE_MS = 60_000

function makeRun(status: 'succeeded' | 'failed' | 'waiting', index: number): Run {
  const createdAt = new Date(Date.now() - (index * 17 + 3) * MINUTE_MS).toISOString()
  const isDone = status !== 'waiting'
  return {
    id: `run_preview_${index}`,
    workflowId: PREVIEW_WORKFLOW.id,
    workflowName: PREVIEW_WORKFLOW.name,
    customerId: PREVIEW_WORKFLOW.customerId,
    versionId: 'ver_preview',
    versionNumber: 2,
    mode: 'live',
    status,
    error: null,
    parent: null,
    originRunId: null,
    createdAt,
    startedAt: createdAt,
    finishedAt: isDone ? createdAt : null,
    wakeAt: null,
    durationMs: isDone ? 840 : null,
    trigger: PREVIEW_SAMPLES.trigger,
    output: null,
  }
}
