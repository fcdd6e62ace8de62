import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { ApiClient } from './api-client.js'
import type { AppRouter } from './app-router.js'
import { toApiError } from './errors.js'
import { type Page, type PagedList, pagedList } from './paged.js'

/** What each procedure takes, by router and name: `ApiInputs['runs']['start']`. */
export type ApiInputs = inferRouterInputs<AppRouter>
/** What each procedure gives, by router and name: `ApiOutputs['runs']['get']`. */
export type ApiOutputs = inferRouterOutputs<AppRouter>

/** Settings of a single call. */
export interface CallOptions {
  /** For changes: a repetition with the same key, within a day, gets the first answer. @default a random one per call */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
  /** For each attempt, in milliseconds. @default that of the client */
  readonly timeoutMs?: number
}

type Filter<Input> = Omit<NonNullable<Input>, 'cursor'>
type Item<Output> = Output extends { data: readonly (infer T)[] } ? T : never
type ById<Input> = Omit<NonNullable<Input>, 'id'>

/** Organisations that are your customers. */
export function customersResource({ customers }: ApiClient) {
  return {
    list: (
      filter: Filter<ApiInputs['customers']['list']> = {},
      options?: CallOptions,
    ): PagedList<Item<ApiOutputs['customers']['list']>> =>
      pages((cursor) => customers.list.query({ ...filter, ...cursor }, toTrpc(options))),
    get: (id: string, options?: CallOptions) => call(customers.get.query({ id }, toTrpc(options))),
    create: (customer: ApiInputs['customers']['create'], options?: CallOptions) =>
      call(customers.create.mutate(customer, toTrpc(options))),
    update: (id: string, changes: ById<ApiInputs['customers']['update']>, options?: CallOptions) =>
      call(customers.update.mutate({ ...changes, id }, toTrpc(options))),
    /** Erases the customer with all that belongs to it. */
    delete: (id: string, options?: CallOptions) => call(customers.delete.mutate({ id }, toTrpc(options))),
  }
}

/** Automations of customers, their drafts and versions. */
export function workflowsResource({ workflows, runs }: ApiClient) {
  return {
    list: (
      filter: Filter<ApiInputs['workflows']['list']> = {},
      options?: CallOptions,
    ): PagedList<Item<ApiOutputs['workflows']['list']>> =>
      pages((cursor) => workflows.list.query({ ...filter, ...cursor }, toTrpc(options))),
    get: (id: string, options?: CallOptions) => call(workflows.get.query({ id }, toTrpc(options))),
    create: (workflow: ApiInputs['workflows']['create'], options?: CallOptions) =>
      call(workflows.create.mutate(workflow, toTrpc(options))),
    update: (id: string, changes: ById<ApiInputs['workflows']['update']>, options?: CallOptions) =>
      call(workflows.update.mutate({ ...changes, id }, toTrpc(options))),
    /** Stores the draft, valid or not; `baseRevision` is the revision that was read. */
    saveDraft: (id: string, draft: ById<ApiInputs['workflows']['saveDraft']>, options?: CallOptions) =>
      call(workflows.saveDraft.mutate({ ...draft, id }, toTrpc(options))),
    /** What newer versions of connectors would change. */
    upgradeCheck: (id: string, options?: CallOptions) => call(workflows.upgradeCheck.mutate({ id }, toTrpc(options))),
    /** Writes a draft that names the newest versions of connectors. */
    upgrade: (id: string, request: ById<ApiInputs['workflows']['upgrade']> = {}, options?: CallOptions) =>
      call(workflows.upgrade.mutate({ ...request, id }, toTrpc(options))),
    /** Checks a definition without storing it. */
    validate: (definition: ApiInputs['workflows']['validate']['definition'], options?: CallOptions) =>
      call(workflows.validate.mutate({ definition }, toTrpc(options))),
    /** Makes the draft the version that runs; `revision` guards against publishing somebody else's changes. */
    publish: (id: string, publication: ById<ApiInputs['workflows']['publish']> = {}, options?: CallOptions) =>
      call(workflows.publish.mutate({ ...publication, id }, toTrpc(options))),
    versions: (
      id: string,
      filter: Omit<Filter<ApiInputs['workflows']['versions']>, 'id'> = {},
      options?: CallOptions,
    ): PagedList<Item<ApiOutputs['workflows']['versions']>> =>
      pages((cursor) => workflows.versions.query({ ...filter, ...cursor, id }, toTrpc(options))),
    version: (id: string, number: number, options?: CallOptions) =>
      call(workflows.version.query({ id, number }, toTrpc(options))),
    /** The latest data of trigger and steps. */
    samples: (id: string, options?: CallOptions) => call(workflows.samples.query({ id }, toTrpc(options))),
    /** Runs the draft, or the definition given, without counting for the customer's quota. */
    testRun: (id: string, test: ById<ApiInputs['workflows']['testRun']>, options?: CallOptions) =>
      call(workflows.testRun.mutate({ ...test, id }, toTrpc(options))),
    /** Starts a run of the published version; waits up to `waitSeconds`, at most 60, for its end. */
    start: (id: string, input: ApiInputs['runs']['start']['input'], options: StartOptions = {}) =>
      call(
        runs.start.mutate(
          { workflowId: id, input, ...(options.waitSeconds === undefined ? {} : { wait: options.waitSeconds }) },
          toTrpc(options, (options.waitSeconds ?? 0) * 1000),
        ),
      ),
    delete: (id: string, options?: CallOptions) => call(workflows.delete.mutate({ id }, toTrpc(options))),
  }
}

/** Settings of a start. */
export interface StartOptions extends CallOptions {
  /** How long to wait for the run's end, 0 to 60; the time-out begins after it. @default 0 */
  readonly waitSeconds?: number
}

/** Executions. */
export function runsResource({ runs }: ApiClient) {
  return {
    list: (
      filter: Filter<ApiInputs['runs']['list']> = {},
      options?: CallOptions,
    ): PagedList<Item<ApiOutputs['runs']['list']>> =>
      pages((cursor) => runs.list.query({ ...filter, ...cursor }, toTrpc(options))),
    get: (id: string, options?: CallOptions) => call(runs.get.query({ id }, toTrpc(options))),
    /** Every step of the run, with input, output and error. */
    steps: async (id: string, options?: CallOptions) => (await call(runs.steps.query({ id }, toTrpc(options)))).data,
    cancel: (id: string, options?: CallOptions) => call(runs.cancel.mutate({ id }, toTrpc(options))),
    /** What a step gave, also when it is too large to be listed with the steps. */
    stepOutput: async (id: string, step: ById<ApiInputs['runs']['stepOutput']>, options?: CallOptions) =>
      (await call(runs.stepOutput.query({ ...step, id }, toTrpc(options)))).output,
    /** Everything that happened to the run, in order. */
    history: async (id: string, options?: CallOptions) =>
      (await call(runs.history.query({ id }, toTrpc(options)))).data,
    /** Lets the run rest, at once or after the steps under way, until it is resumed. */
    suspend: (id: string, options?: CallOptions) => call(runs.suspend.mutate({ id }, toTrpc(options))),
    /** Lets a suspended run go on. */
    resume: (id: string, options?: CallOptions) => call(runs.resume.mutate({ id }, toTrpc(options))),
    /** Lets a failed or cancelled run go on from where it failed, with what its steps have given. */
    redrive: (id: string, options?: CallOptions) => call(runs.redrive.mutate({ id }, toTrpc(options))),
    /**
     * Redrives the oldest failed runs that fit, `limit` at most: `{ dead: true }` for the dead-letter list, or
     * `{ workflowId, failedSince }`. While `hasMore` there are others.
     */
    redriveMany: (filter: ApiInputs['runs']['redriveMany'], options?: CallOptions) =>
      call(runs.redriveMany.mutate(filter, toTrpc(options))),
    /** Starts a new run with the same input, or with the one given. */
    rerun: (id: string, changes: ById<ApiInputs['runs']['rerun']> = {}, options?: CallOptions) =>
      call(runs.rerun.mutate({ ...changes, id }, toTrpc(options))),
    /** Starts a new run that takes over what this one did before `fromStep`. */
    fork: (id: string, point: ById<ApiInputs['runs']['fork']>, options?: CallOptions) =>
      call(runs.fork.mutate({ ...point, id }, toTrpc(options))),
  }
}

/** What happened in your product, for workflows that start on it or wait for it. */
export function eventsResource({ events }: ApiClient) {
  return {
    /** Sends an event. Give it an `id` of your own, and a second one with that id does nothing. */
    publish: (event: ApiInputs['events']['publish'], options?: CallOptions) =>
      call(events.publish.mutate(event, toTrpc(options))),
  }
}

/** Decisions that runs wait for. */
export function approvalsResource({ approvals }: ApiClient) {
  return {
    /** Those that are open, oldest first. */
    list: (
      filter: Filter<ApiInputs['approvals']['list']> = {},
      options?: CallOptions,
    ): PagedList<Item<ApiOutputs['approvals']['list']>> =>
      pages((cursor) => approvals.list.query({ ...filter, ...cursor }, toTrpc(options))),
    /** Approves or rejects; the first decision stands. */
    decide: (id: string, decision: ById<ApiInputs['approvals']['decide']>, options?: CallOptions) =>
      call(approvals.decide.mutate({ ...decision, id }, toTrpc(options))),
  }
}

/** Customers' accounts at other services. Their secrets are never given back. */
export function connectionsResource({ connections }: ApiClient) {
  return {
    list: (
      filter: Filter<ApiInputs['connections']['list']> = {},
      options?: CallOptions,
    ): PagedList<Item<ApiOutputs['connections']['list']>> =>
      pages((cursor) => connections.list.query({ ...filter, ...cursor }, toTrpc(options))),
    get: (id: string, options?: CallOptions) => call(connections.get.query({ id }, toTrpc(options))),
    create: (connection: ApiInputs['connections']['create'], options?: CallOptions) =>
      call(connections.create.mutate(connection, toTrpc(options))),
    update: (id: string, changes: ById<ApiInputs['connections']['update']>, options?: CallOptions) =>
      call(connections.update.mutate({ ...changes, id }, toTrpc(options))),
    test: (id: string, options?: CallOptions) => call(connections.test.mutate({ id }, toTrpc(options))),
    delete: (id: string, options?: CallOptions) => call(connections.delete.mutate({ id }, toTrpc(options))),
  }
}

/** What workflows can talk to. */
export function connectorsResource({ connectors, workflows }: ApiClient) {
  return {
    /** Names and counts; `get` tells forms and samples. */
    list: (
      filter: Filter<ApiInputs['connectors']['list']> = {},
      options?: CallOptions,
    ): PagedList<Item<ApiOutputs['connectors']['list']>> =>
      pages((cursor) => connectors.list.query({ ...filter, ...cursor }, toTrpc(options))),
    get: (id: string, options?: CallOptions & { readonly version?: string }) =>
      call(connectors.get.query({ id, version: options?.version }, toTrpc(options))),
    /** Choices for a field of an action's or trigger's form, fetched from the service. */
    options: (request: ApiInputs['connectors']['options'], options?: CallOptions) =>
      call(connectors.options.mutate(request, toTrpc(options))),
    /** The JSON Schema of a field, or of the output when no field is named, fetched from the service. */
    schema: async (request: ApiInputs['connectors']['schema'], options?: CallOptions) =>
      (await call(connectors.schema.mutate(request, toTrpc(options)))).schema,
    /** Counts of the newest 5,000 runs of the period, by version. */
    usage: (id: string, period: ById<ApiInputs['connectors']['usage']> = {}, options?: CallOptions) =>
      call(connectors.usage.query({ ...period, id }, toTrpc(options))),
    settings: (id: string, options?: CallOptions) => call(connectors.settings.query({ id }, toTrpc(options))),
    /** Replaces all settings of a connector. */
    configure: (id: string, settings: ById<ApiInputs['connectors']['configure']>, options?: CallOptions) =>
      call(connectors.configure.mutate({ ...settings, id }, toTrpc(options))),
    /** What holds for connectors without settings. */
    defaults: (options?: CallOptions) => call(connectors.defaults.query({}, toTrpc(options))),
    setDefaults: (defaults: ApiInputs['connectors']['setDefaults'], options?: CallOptions) =>
      call(connectors.setDefaults.mutate(defaults, toTrpc(options))),
    /** Workflows that run on another version of a connector than the newest. */
    upgrades: (connector: string, options?: CallOptions): PagedList<Item<ApiOutputs['workflows']['outdated']>> =>
      pages((cursor) => workflows.outdated.query({ connector, ...cursor }, toTrpc(options))),
  }
}

/** Keys to this API. */
export function apiKeysResource({ apiKeys }: ApiClient) {
  return {
    list: async (options?: CallOptions) => (await call(apiKeys.list.query({}, toTrpc(options)))).data,
    /** The secret is shown this once. */
    create: (key: ApiInputs['apiKeys']['create'], options?: CallOptions) =>
      call(apiKeys.create.mutate(key, toTrpc(options))),
    revoke: (id: string, options?: CallOptions) => call(apiKeys.revoke.mutate({ id }, toTrpc(options))),
  }
}

/** Keys that sign embed tokens. */
export function signingKeysResource({ signingKeys }: ApiClient) {
  return {
    list: async (options?: CallOptions) => (await call(signingKeys.list.query({}, toTrpc(options)))).data,
    /** Without a public key of yours a pair is made, and its private half shown this once. */
    create: (key: ApiInputs['signingKeys']['create'] = {}, options?: CallOptions) =>
      call(signingKeys.create.mutate(key, toTrpc(options))),
    revoke: (id: string, options?: CallOptions) => call(signingKeys.revoke.mutate({ id }, toTrpc(options))),
  }
}

/** Where your backend is told what happened. */
export function webhookEndpointsResource({ webhookEndpoints }: ApiClient) {
  return {
    list: async (options?: CallOptions) => (await call(webhookEndpoints.list.query({}, toTrpc(options)))).data,
    get: (id: string, options?: CallOptions) => call(webhookEndpoints.get.query({ id }, toTrpc(options))),
    /** The secret is shown this once. */
    create: (endpoint: ApiInputs['webhookEndpoints']['create'], options?: CallOptions) =>
      call(webhookEndpoints.create.mutate(endpoint, toTrpc(options))),
    update: (id: string, changes: ById<ApiInputs['webhookEndpoints']['update']>, options?: CallOptions) =>
      call(webhookEndpoints.update.mutate({ ...changes, id }, toTrpc(options))),
    delete: (id: string, options?: CallOptions) => call(webhookEndpoints.delete.mutate({ id }, toTrpc(options))),
    /** Makes a new secret; messages carry the signatures of both for 24 hours. */
    rotate: (id: string, options?: CallOptions) => call(webhookEndpoints.rotate.mutate({ id }, toTrpc(options))),
    /** Sends a test event. */
    test: (id: string, options?: CallOptions) => call(webhookEndpoints.test.mutate({ id }, toTrpc(options))),
    deliveries: (
      id: string,
      filter: Omit<Filter<ApiInputs['webhookEndpoints']['deliveries']>, 'id'> = {},
      options?: CallOptions,
    ): PagedList<Item<ApiOutputs['webhookEndpoints']['deliveries']>> =>
      pages((cursor) => webhookEndpoints.deliveries.query({ ...filter, ...cursor, id }, toTrpc(options))),
    /** Sends a delivery once more. */
    redeliver: (id: string, deliveryId: string, options?: CallOptions) =>
      call(webhookEndpoints.redeliver.mutate({ id, deliveryId }, toTrpc(options))),
    /** Takes the deliveries of a listener. */
    pull: (id: string, options?: CallOptions) => call(webhookEndpoints.pull.mutate({ id }, toTrpc(options))),
    /** Says what came of a delivery that a listener has taken. */
    report: (id: string, report: ById<ApiInputs['webhookEndpoints']['report']>, options?: CallOptions) =>
      call(webhookEndpoints.report.mutate({ ...report, id }, toTrpc(options))),
  }
}

/** Your own organisation. */
export function tenantResource({ tenant, members }: ApiClient) {
  return {
    get: (options?: CallOptions) => call(tenant.get.query({}, toTrpc(options))),
    update: (changes: ApiInputs['tenant']['update'], options?: CallOptions) =>
      call(tenant.update.mutate(changes, toTrpc(options))),
    members: async (options?: CallOptions) => (await call(members.list.query({}, toTrpc(options)))).data,
  }
}

/** Makes every failure an `ApiError`. */
export async function call<T>(sent: Promise<T>): Promise<T> {
  try {
    return await sent
  } catch (error) {
    throw toApiError(error)
  }
}

function pages<T>(query: (cursor: { cursor?: string }) => Promise<Page<T>>): PagedList<T> {
  return pagedList((cursor) => call(query(cursor === undefined ? {} : { cursor })))
}

/** The links read these from the call's context. */
export function toTrpc({ idempotencyKey, signal, timeoutMs }: CallOptions = {}, waitMs = 0) {
  return {
    context: {
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      waitMs,
    },
    ...(signal === undefined ? {} : { signal }),
  }
}
