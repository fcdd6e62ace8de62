// The events that a host hears. Payloads hold ids only: never records, never secrets.

/** By event name, what it carries. */
export interface InlayEventData {
  readonly ready: Record<string, never>
  readonly error: { readonly code: string; readonly message: string; readonly retryable: boolean }
  readonly navigate: { readonly path: string }
  readonly 'token.refreshed': Record<string, never>
  readonly 'session.expired': Record<string, never>
  readonly 'workflow.created': { readonly workflowId: string }
  readonly 'workflow.updated': { readonly workflowId: string }
  readonly 'workflow.published': { readonly workflowId: string; readonly versionId: string }
  readonly 'workflow.enabled': { readonly workflowId: string }
  readonly 'workflow.disabled': { readonly workflowId: string }
  readonly 'workflow.deleted': { readonly workflowId: string }
  readonly 'workflow.dirty': { readonly dirty: boolean }
  readonly 'workflow.validation': { readonly errors: number }
  readonly 'run.started': { readonly runId: string; readonly workflowId: string }
  readonly 'run.succeeded': { readonly runId: string; readonly workflowId: string }
  readonly 'run.failed': { readonly runId: string; readonly workflowId: string }
  readonly 'run.cancelled': { readonly runId: string; readonly workflowId: string }
  readonly 'connection.created': { readonly connectionId: string; readonly connector: string }
  readonly 'connection.updated': { readonly connectionId: string; readonly connector: string }
  readonly 'connection.failed': {
    /** Absent when there is no connection yet. */
    readonly connectionId?: string
    readonly connector: string
    readonly code: string
  }
  readonly 'connection.deleted': { readonly connectionId: string; readonly connector: string }
  readonly 'template.used': { readonly templateId: string; readonly workflowId: string }
  readonly 'approval.decided': {
    readonly approvalId: string
    readonly runId: string
    readonly decision: 'approve' | 'reject'
  }
  /** The control plane refused because of a limit: of a plan, or of calls in a time. */
  readonly 'limit.reached': { readonly kind: string }
  /** The person asked to close the widget; only with the option `closable`. */
  readonly 'close.requested': Record<string, never>
  /** The content's height in pixels; only of frames with `height: 'auto'`. */
  readonly resize: { readonly height: number }
}

export type InlayEventName = keyof InlayEventData

/** An event as hosts receive it. `v` is the version of this envelope. */
export type InlayEvent<Name extends InlayEventName = InlayEventName> = {
  readonly [N in Name]: {
    readonly v: 1
    readonly id: string
    readonly type: N
    /** ISO 8601. */
    readonly at: string
    readonly data: InlayEventData[N]
  }
}[Name]

export type InlayListener<Name extends InlayEventName> = (event: InlayEvent<Name>) => void

/** Tells listeners of events. `*` hears all of them. */
export class EventHub {
  readonly #listeners = new Map<string, Set<(event: InlayEvent) => void>>()
  #nextId = 1

  /** @returns a function that takes the listener away; safe to call twice */
  on<Name extends InlayEventName>(name: Name | '*', listener: InlayListener<Name>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners)
    // A listener under a name only ever hears events of that name.
    const heard = listener as (event: InlayEvent) => void
    listeners.add(heard)
    return () => void listeners.delete(heard)
  }

  /** Makes an event and tells it. */
  emit<Name extends InlayEventName>(type: Name, data: InlayEventData[Name]): void {
    // The name and the data belong together by this method's signature.
    this.forward({
      v: 1,
      id: `evt_${this.#nextId++}`,
      type,
      at: new Date().toISOString(),
      data,
    } as unknown as InlayEvent)
  }

  /** Tells an event that came from elsewhere, as it is. */
  forward(event: InlayEvent): void {
    for (const name of [event.type, '*']) {
      for (const listener of this.#listeners.get(name) ?? []) listener(event)
    }
  }
}
