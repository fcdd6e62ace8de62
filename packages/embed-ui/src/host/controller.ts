// The widget's state as its host sees it; drawn by BuilderApp, in the page or in the iframe.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { EditorHandle } from '../editor/editor-handle.js'
import { EventHub } from './events.js'
import type { InlayHandle, InlaySettings, InlayState } from './options.js'
import { isOwnPage, readPath } from './paths.js'
import { WIDGETS } from './widgets.js'

/** A widget's settings and where it is. */
export interface WidgetState {
  readonly path: string
  readonly settings: InlaySettings
  readonly isDestroyed: boolean
}

export interface BuilderController extends InlayHandle {
  readonly store: StoreApi<WidgetState>
  readonly events: EventHub
  /** Takes the handle of the editor that is open; null when none is. */
  readonly setEditor: (editor: EditorHandle | null) => void
  /** Called when the widget is drawn, or will never be. */
  readonly settle: (problem?: { readonly code: string; readonly message: string; readonly retryable: boolean }) => void
  /** Takes what moves the focus into the drawn widget; null when it is not drawn. */
  readonly setFocus: (focus: (() => void) | null) => void
  /** Called when the person went elsewhere, or wants to. */
  readonly moved: (path: string) => void
}

/** A widget that is not drawn yet. */
export function createController(settings: InlaySettings): BuilderController {
  const events = new EventHub()
  const store = createStore<WidgetState>(() => ({
    path: settings.path ?? WIDGETS[settings.widget ?? 'builder'],
    settings,
    isDestroyed: false,
  }))
  let editor: EditorHandle | null = null
  let focus: (() => void) | null = null
  return {
    store,
    events,
    ...createReadiness(events),
    setEditor: (next) => {
      editor = next
    },
    setFocus: (next) => {
      focus = next
    },
    moved: (path) => {
      const { path: before, settings } = store.getState()
      if (path === before) return
      const widget = settings.widget ?? 'builder'
      // What another widget draws is the host's to show.
      if (isOwnPage(widget, readPath(path, widget))) store.setState({ path })
      events.emit('navigate', { path })
    },
    update: ({ path, ...settings }) => {
      const { settings: old } = store.getState()
      store.setState({ settings: { ...old, ...settings }, ...(path === undefined ? {} : { path }) })
    },
    navigate: (path) => store.setState({ path }),
    on: (name, listener) => events.on(name, listener),
    save: async () => (await editor?.save()) ?? true,
    publish: () => editor?.publish(),
    undo: () => editor?.undo(),
    redo: () => editor?.redo(),
    getState: async (): Promise<InlayState> => ({
      path: store.getState().path,
      ...(editor?.getState() ?? { dirty: false, errors: 0 }),
    }),
    focus: () => focus?.(),
    destroy: () => store.setState({ isDestroyed: true }),
  }
}

/** Whether the widget was drawn: hosts are told by a promise and by an event. */
function createReadiness(events: EventHub): Pick<BuilderController, 'ready' | 'settle'> {
  let isReady = false
  let resolveReady = (): void => {}
  let rejectReady = (_error: Error): void => {}
  const ready = new Promise<void>((resolve, reject) => {
    resolveReady = resolve
    rejectReady = reject
  })
  // Hosts may not look at `ready`; the error event tells them all the same.
  ready.catch(() => {})
  return {
    ready,
    settle: (problem) => {
      if (problem === undefined) {
        resolveReady()
        // Once: signing in again after the session has ended is no new beginning.
        if (!isReady) events.emit('ready', {})
        isReady = true
      } else {
        rejectReady(new Error(problem.message))
        events.emit('error', problem)
      }
    },
  }
}
