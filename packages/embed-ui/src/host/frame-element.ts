// The page's side of the iframe. No React and no library: the loader is made of this.
import { readLinkTo } from '../links/read-link-to.js'
import { EventHub, type InlayEvent } from './events.js'
import { FrameNote } from './frame-note.js'
import {
  type InlayHandle,
  type InlayOptions,
  type InlaySettings,
  type InlayState,
  settingsOf,
  type TokenRequest,
  type WidgetHeight,
  wireCallbacks,
} from './options.js'
import { CONNECT_MESSAGE, createPortCaller, type PortCaller } from './port-calls.js'
import { watchVisiblePart } from './visible-part.js'
import { WIDGETS } from './widgets.js'

/** Options that only an iframe has. */
export interface FrameOptions extends InlayOptions {
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
  return new WidgetFrame(container, options).handle
}

class WidgetFrame {
  readonly handle: InlayHandle
  readonly #options: FrameOptions
  readonly #container: Element
  readonly #frame: HTMLIFrameElement
  readonly #note: FrameNote
  readonly #events = new EventHub()
  readonly #stopWatching: () => void
  #settings: InlaySettings
  #state: InlayState
  #peer: PortCaller | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(container: Element, options: FrameOptions) {
    this.#container = container
    this.#options = options
    this.#frame = makeFrame(options)
    this.#settings = resolveScheme(settingsOf(options), container)
    this.#state = { path: this.#settings.path ?? WIDGETS[options.widget ?? 'builder'], dirty: false, errors: 0 }
    this.handle = this.#makeHandle()
    this.#note = new FrameNote(container, this.#frame, () => this.#restart())
    this.#frame.addEventListener('load', () => this.#connect())
    this.#stopWatching = watchVisiblePart(this.#frame, (part) => {
      if (this.#settings.height === 'auto') void this.#peer?.call('visible', part).catch(() => {})
    })
    wireCallbacks(this.handle, () => options)
    this.#await()
    container.replaceChildren(this.#frame)
  }

  #makeHandle(): InlayHandle {
    const events = this.#events
    const ready = new Promise<void>((resolve, reject) => {
      events.on('ready', () => resolve())
      events.on('error', ({ data }) => reject(new Error(data.message)))
    })
    // Hosts may not look at `ready`; the error event tells them all the same.
    ready.catch(() => {})
    const call = (name: string) => void this.#peer?.call(name).catch(() => {})
    return {
      ready,
      update: (next) => this.#update(next),
      navigate: (path) => this.#update({ path }),
      on: (name, listener) => events.on(name, listener),
      save: async () => (await this.#peer?.call('save')) === true,
      publish: () => call('publish'),
      undo: () => call('undo'),
      redo: () => call('redo'),
      // The frame answers with the state that its own controller gives.
      getState: async () => ((await this.#peer?.call('getState')) as InlayState | undefined) ?? this.#state,
      focus: () => {
        this.#frame.focus()
        call('focus')
      },
      destroy: () => this.#destroy(),
    }
  }

  #connect(): void {
    const { port1, port2 } = new MessageChannel()
    this.#peer?.close()
    this.#peer = createPortCaller(port1, {
      getToken: (request: TokenRequest) => {
        this.#heard()
        return this.#options.getToken(request)
      },
      event: (event: InlayEvent) => this.#take(event),
      linkTo: (path: string) => readLinkTo(this.#options.linkTo ?? '', path, location.href),
    })
    const message = { type: CONNECT_MESSAGE, settings: { ...this.#settings, path: this.#state.path } }
    // To the control plane and nobody else: a page that took its place in the frame hears nothing.
    this.#frame.contentWindow?.postMessage(message, new URL(this.#options.baseUrl).origin, [port2])
  }

  #take(event: InlayEvent): void {
    this.#heard()
    if (event.type === 'navigate') this.#state = { ...this.#state, path: event.data.path }
    if (event.type === 'resize' && this.#settings.height === 'auto') {
      this.#frame.style.height = `${event.data.height}px`
    }
    this.#events.forward(event)
  }

  #update(next: InlaySettings): void {
    const settings = resolveScheme(next, this.#container)
    this.#settings = { ...this.#settings, ...settings }
    if (next.path !== undefined) this.#state = { ...this.#state, path: next.path }
    if (next.height !== undefined) this.#frame.style.height = cssHeight(next.height)
    void this.#peer?.call('update', settings).catch(() => {})
  }

  /** Waits for the frame; says so when it does not answer. */
  #await(): void {
    this.#timer = setTimeout(() => {
      const message = `The page ${this.#frame.src} does not answer. Is ${location.origin} an allowed origin?`
      this.#note.show(this.#settings.messages, this.#settings.locale)
      this.#events.emit('error', { code: 'frame.timeout', message, retryable: true })
    }, TIMEOUT_MS)
  }

  #heard(): void {
    clearTimeout(this.#timer)
    this.#note.hide()
  }

  #restart(): void {
    this.#note.hide()
    this.#frame.src = frameAddress(this.#options)
    this.#await()
  }

  #destroy(): void {
    clearTimeout(this.#timer)
    this.#stopWatching()
    this.#note.hide()
    this.#peer?.close()
    this.#peer = undefined
    this.#frame.remove()
  }
}

function frameAddress({ baseUrl }: FrameOptions): string {
  return `${baseUrl.replace(/\/$/, '')}/embed/`
}

function makeFrame(options: FrameOptions): HTMLIFrameElement {
  const { height = 'fill', title = 'Automations', loading = 'eager' } = options
  const frame = document.createElement('iframe')
  frame.src = frameAddress(options)
  frame.title = title
  frame.loading = loading
  frame.allow = 'clipboard-write'
  frame.referrerPolicy = 'strict-origin'
  Object.assign(frame.style, {
    display: 'block',
    width: '100%',
    height: cssHeight(height),
    border: '0',
    background: 'transparent',
    // Else browsers paint an opaque strip behind a frame of another scheme.
    colorScheme: 'normal',
  })
  return frame
}

/** A frame that grows begins with room for what it shows while it loads. */
const START_PX = 320

function cssHeight(height: WidgetHeight): string {
  if (height === 'fill') return '100%'
  return `${height === 'auto' ? START_PX : height}px`
}

/** The frame cannot see the page around it: `inherit` is settled here. */
function resolveScheme(settings: InlaySettings, container: Element): InlaySettings {
  if (settings.appearance?.colorScheme !== 'inherit') return settings
  const scheme = getComputedStyle(container).colorScheme
  const colorScheme = scheme === 'dark' || scheme === 'light' ? scheme : 'auto'
  return { ...settings, appearance: { ...settings.appearance, colorScheme } }
}
