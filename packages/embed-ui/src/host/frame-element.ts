// The page's side of the iframe. No React and no library: the loader is made of this.
import { EventHub, type InlayEvent } from './events.js'
import {
  type InlayHandle,
  type InlayOptions,
  type InlaySettings,
  type InlayState,
  settingsOf,
  type TokenRequest,
  wireCallbacks,
} from './options.js'
import { CONNECT_MESSAGE, createPortCaller, type PortCaller } from './port-calls.js'

/** Options that only an iframe has. */
export interface FrameOptions extends InlayOptions {
  /** In pixels, or `fill` for the height of the container. @default 'fill' */
  readonly height?: number | 'fill'
  /** The iframe's accessible name. @default 'Automations' */
  readonly title?: string
  /** `lazy` waits until the iframe comes into view. @default 'eager' */
  readonly loading?: 'lazy' | 'eager'
}

const TIMEOUT_MS = 15_000

/**
 * Shows the widget in an iframe within a container, in place of what is there.
 *
 * @throws TypeError when `baseUrl` is not an address
 */
export function createFrame(container: Element, options: FrameOptions): InlayHandle {
  const origin = new URL(options.baseUrl).origin
  const frame = makeFrame(options)
  const events = new EventHub()
  let settings = resolveScheme(settingsOf(options), container)
  let peer: PortCaller | undefined
  let state: InlayState = { path: settings.path ?? '/workflows', dirty: false, errors: 0 }
  let timer: ReturnType<typeof setTimeout> | undefined
  const ready = new Promise<void>((resolve, reject) => {
    events.on('ready', () => resolve())
    events.on('error', ({ data }) => reject(new Error(data.message)))
  })
  // Hosts may not look at `ready`; the error event tells them all the same.
  ready.catch(() => {})
  const connect = (): void => {
    const { port1, port2 } = new MessageChannel()
    peer?.close()
    peer = createPortCaller(port1, {
      getToken: (request: TokenRequest) => options.getToken(request),
      event: (event: InlayEvent) => {
        clearTimeout(timer)
        if (event.type === 'navigate') state = { ...state, path: event.data.path }
        events.forward(event)
      },
    })
    frame.contentWindow?.postMessage({ type: CONNECT_MESSAGE, settings: { ...settings, path: state.path } }, origin, [
      port2,
    ])
  }
  frame.addEventListener('load', connect)
  timer = setTimeout(() => {
    const message = `The page ${frame.src} does not answer. Is ${location.origin} an allowed origin?`
    events.emit('error', { code: 'frame.timeout', message, retryable: true })
  }, TIMEOUT_MS)
  container.replaceChildren(frame)
  const update = (next: InlaySettings): void => {
    settings = { ...settings, ...resolveScheme(next, container) }
    if (next.path !== undefined) state = { ...state, path: next.path }
    void peer?.call('update', resolveScheme(next, container))
  }
  const handle: InlayHandle = {
    ready,
    update,
    navigate: (path) => update({ path }),
    on: (name, listener) => events.on(name, listener),
    save: async () => (await peer?.call('save')) === true,
    publish: () => void peer?.call('publish'),
    undo: () => void peer?.call('undo'),
    redo: () => void peer?.call('redo'),
    // The frame answers with the state that its own controller gives.
    getState: async () => ((await peer?.call('getState')) as InlayState | undefined) ?? state,
    destroy: () => {
      clearTimeout(timer)
      peer?.close()
      peer = undefined
      frame.remove()
    },
  }
  wireCallbacks(handle, () => options)
  return handle
}

function makeFrame({ baseUrl, height = 'fill', title = 'Automations', loading = 'eager' }: FrameOptions) {
  const frame = document.createElement('iframe')
  frame.src = `${baseUrl.replace(/\/$/, '')}/embed/`
  frame.title = title
  frame.loading = loading
  frame.allow = 'clipboard-write'
  frame.referrerPolicy = 'strict-origin'
  Object.assign(frame.style, {
    display: 'block',
    width: '100%',
    height: height === 'fill' ? '100%' : `${height}px`,
    border: '0',
    background: 'transparent',
    // Else browsers paint an opaque strip behind a frame of another scheme.
    colorScheme: 'normal',
  })
  return frame
}

/** The frame cannot see the page around it: `inherit` is settled here. */
function resolveScheme(settings: InlaySettings, container: Element): InlaySettings {
  if (settings.appearance?.colorScheme !== 'inherit') return settings
  const scheme = getComputedStyle(container).colorScheme
  const colorScheme = scheme === 'dark' || scheme === 'light' ? scheme : 'auto'
  return { ...settings, appearance: { ...settings.appearance, colorScheme } }
}
