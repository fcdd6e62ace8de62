import type { JsonValue } from '@inlay/engine'
import { type ApiClient, type ApiClientOptions, createApiClient } from './api-client.js'
import { type PagedList, pagedList } from './paged.js'
import { withRetries } from './retry.js'

export interface InlayOptions extends Omit<ApiClientOptions, 'getToken'> {
  /** An API key of the tenant: `ink_live_…`. Keep it on the server. */
  readonly apiKey: string
  /** @default 2 */
  readonly maxRetries?: number
}

type Output<Procedure> = Procedure extends { query: (...args: never[]) => Promise<infer Result> }
  ? Result
  : Procedure extends { mutate: (...args: never[]) => Promise<infer Result> }
    ? Result
    : never
type Input<Procedure> = Procedure extends { query: (input: infer Given, ...rest: never[]) => unknown }
  ? Given
  : Procedure extends { mutate: (input: infer Given, ...rest: never[]) => unknown }
    ? Given
    : never
type Item<Procedure> = Output<Procedure> extends { data: readonly (infer T)[] } ? T : never
type Filter<Procedure> = Omit<NonNullable<Input<Procedure>>, 'cursor'>

/**
 * The API for a vendor's backend. Every call throws an `ApiError`; reads are repeated when the network or the server
 * fails for a moment.
 *
 * @example
 * const inlay = new Inlay({ baseUrl: 'https://automation.example.com', apiKey: process.env.INLAY_API_KEY })
 * for await (const run of inlay.runs.list({ status: 'failed' })) console.log(run.id)
 */
export class Inlay {
  /** Every procedure, for what has no method here. */
  readonly api: ApiClient
  private readonly maxRetries: number

  constructor({ apiKey, maxRetries = 2, ...options }: InlayOptions) {
    this.api = createApiClient({ ...options, getToken: () => apiKey })
    this.maxRetries = maxRetries
  }

  readonly customers = {
    list: (
      filter: Filter<ApiClient['customers']['list']> = {} as never,
    ): PagedList<Item<ApiClient['customers']['list']>> =>
      this.list((cursor) => this.api.customers.list.query({ ...filter, ...cursor })),
    get: (id: string) => this.read(() => this.api.customers.get.query({ id })),
    create: (customer: { externalId: string; name: string }) =>
      this.change(() => this.api.customers.create.mutate(customer)),
    delete: (id: string) => this.change(() => this.api.customers.delete.mutate({ id })),
  }

  readonly workflows = {
    list: (
      filter: Filter<ApiClient['workflows']['list']> = {} as never,
    ): PagedList<Item<ApiClient['workflows']['list']>> =>
      this.list((cursor) => this.api.workflows.list.query({ ...filter, ...cursor })),
    get: (id: string) => this.read(() => this.api.workflows.get.query({ id })),
    create: (workflow: { customerId: string; name: string; definition?: JsonValue }) =>
      this.change(() => this.api.workflows.create.mutate(workflow)),
    publish: (id: string) => this.change(() => this.api.workflows.publish.mutate({ id })),
    delete: (id: string) => this.change(() => this.api.workflows.delete.mutate({ id })),
    /** Starts a run; waits up to `waitSeconds` for its end. */
    start: (id: string, input: JsonValue, { waitSeconds = 0 }: { waitSeconds?: number } = {}) =>
      this.change(() => this.api.runs.start.mutate({ workflowId: id, input, wait: waitSeconds })),
  }

  readonly runs = {
    list: (filter: Filter<ApiClient['runs']['list']> = {} as never): PagedList<Item<ApiClient['runs']['list']>> =>
      this.list((cursor) => this.api.runs.list.query({ ...filter, ...cursor })),
    get: (id: string) => this.read(() => this.api.runs.get.query({ id })),
    steps: async (id: string) => (await this.read(() => this.api.runs.steps.query({ id }))).data,
    cancel: (id: string) => this.change(() => this.api.runs.cancel.mutate({ id })),
    rerun: (id: string) => this.change(() => this.api.runs.rerun.mutate({ id })),
  }

  readonly connections = {
    list: (
      filter: Filter<ApiClient['connections']['list']> = {} as never,
    ): PagedList<Item<ApiClient['connections']['list']>> =>
      this.list((cursor) => this.api.connections.list.query({ ...filter, ...cursor })),
    get: (id: string) => this.read(() => this.api.connections.get.query({ id })),
    delete: (id: string) => this.change(() => this.api.connections.delete.mutate({ id })),
  }

  private list<T>(
    query: (cursor: { cursor?: string }) => Promise<{ data: readonly T[]; nextCursor: string | null }>,
  ): PagedList<T> {
    return pagedList((cursor) => this.read(() => query(cursor === undefined ? {} : { cursor })))
  }

  private read<T>(call: () => Promise<T>): Promise<T> {
    return withRetries(call, { maxRetries: this.maxRetries, isSafe: true })
  }

  private change<T>(call: () => Promise<T>): Promise<T> {
    return withRetries(call, { maxRetries: this.maxRetries, isSafe: false })
  }
}
