import { EventHub, type InlayEvent, type InlayEventName, type InlayListener } from './events.js'
import { createFrame, type FrameOptions } from './frame-element.js'
import type { InlayHandle, InlaySettings, WidgetHeight } from './options.js'
import { WIDGETS, type WidgetName } from './widgets.js'

const OBSERVED = ['path', 'workflow-id', 'run-id', 'locale', 'color-scheme', 'read-only', 'closable', 'height'] as const

/** Settings that are objects: properties of the element. */
const PROPERTIES = ['getToken', 'appearance', 'messages', 'features'] as const

type OwnSettings = Pick<InlaySettings, 'appearance' | 'messages' | 'features'>

/** Each has an element: `<inlay-builder>`, `<inlay-connections>` and so on. Keys of the record are the names. */
const ELEMENT_WIDGETS = Object.keys(WIDGETS) as readonly WidgetName[]

/** Makes the class of a custom element. Separate, so that servers without a DOM can import this file. */
function elementClass(widget: WidgetName, defaultBaseUrl: string | undefined) {
  return class InlayElement extends HTMLElement {
    static readonly observedAttributes = OBSERVED
    /** What the host can do with the widget; undefined while it is off the page. */
    handle: InlayHandle | undefined
    /** Set this instead of `token-url` to get tokens in your own way. */
    getToken: FrameOptions['getToken'] | undefined
    #own: OwnSettings = {}
    readonly #events = new EventHub()

    get appearance(): InlaySettings['appearance'] {
      return this.#own.appearance
    }
    set appearance(appearance: InlaySettings['appearance']) {
      this.#set({ ...(appearance === undefined ? {} : { appearance }) })
    }
    get messages(): InlaySettings['messages'] {
      return this.#own.messages
    }
    set messages(messages: InlaySettings['messages']) {
      this.#set({ ...(messages === undefined ? {} : { messages }) })
    }
    get features(): InlaySettings['features'] {
      return this.#own.features
    }
    set features(features: InlaySettings['features']) {
      this.#set({ ...(features === undefined ? {} : { features }) })
    }

    connectedCallback(): void {
      for (const name of PROPERTIES) takeOver(this, name)
      const baseUrl = this.getAttribute('base-url') ?? defaultBaseUrl
      if (baseUrl === undefined) throw new Error(`<${this.localName}> needs the attribute base-url.`)
      if (this.style.display === '') this.style.display = 'block'
      const title = this.getAttribute('label')
      this.handle = createFrame(this, {
        baseUrl,
        widget,
        getToken: (request) => (this.getToken ?? fetchToken(this))(request),
        ...settingsFrom(this, widget),
        ...this.#own,
        ...(title === null ? {} : { title }),
        ...(this.getAttribute('loading') === 'lazy' ? { loading: 'lazy' } : {}),
        onEvent: (event) => this.#tell(event),
      })
    }

    disconnectedCallback(): void {
      this.handle?.destroy()
      this.handle = undefined
    }

    attributeChangedCallback(): void {
      this.handle?.update(settingsFrom(this, widget))
    }

    /** Hears events, also before the element is on the page. @returns a function that takes the listener away */
    on<Name extends InlayEventName>(name: Name | '*', listener: InlayListener<Name>): () => void {
      return this.#events.on(name, listener)
    }

    override focus(): void {
      this.handle?.focus()
    }

    #set(own: OwnSettings): void {
      this.#own = { ...this.#own, ...own }
      this.handle?.update(own)
    }

    /** Events of the widget are DOM events of the element under the same names, with the data as `detail`. */
    #tell(event: InlayEvent): void {
      this.#events.forward(event)
      this.dispatchEvent(new CustomEvent(event.type, { detail: event.data }))
    }
  }
}

/** A property that a page has set before the element was defined hides the class's own: it is set again. */
function takeOver(element: HTMLElement, name: (typeof PROPERTIES)[number]): void {
  if (!Object.hasOwn(element, name)) return
  const value: unknown = Reflect.get(element, name)
  if (value === undefined) return
  Reflect.deleteProperty(element, name)
  Reflect.set(element, name, value)
}

function settingsFrom(element: Element, widget: WidgetName): InlaySettings {
  const locale = element.getAttribute('locale')
  const scheme = element.getAttribute('color-scheme')
  const path = pathFrom(element, widget)
  const height = heightFrom(element.getAttribute('height'))
  return {
    readOnly: element.hasAttribute('read-only'),
    closable: element.hasAttribute('closable'),
    ...(path === null ? {} : { path }),
    ...(locale === null ? {} : { locale }),
    ...(height === undefined ? {} : { height }),
    ...(scheme === 'light' || scheme === 'dark' || scheme === 'auto' || scheme === 'inherit'
      ? { appearance: { colorScheme: scheme } }
      : {}),
  }
}

function pathFrom(element: Element, widget: WidgetName): string | null {
  const [path, workflowId, runId] = ['path', 'workflow-id', 'run-id'].map((name) => element.getAttribute(name))
  if (path != null) return path
  if (widget === 'runs') return runId == null ? null : `/runs/${runId}`
  if (workflowId == null) return null
  return runId == null ? `/workflows/${workflowId}` : `/workflows/${workflowId}/runs/${runId}`
}

function heightFrom(text: string | null): WidgetHeight | undefined {
  if (text === null || text === '') return undefined
  return text === 'auto' || text === 'fill' ? text : Number.parseInt(text, 10)
}

/** Asks the page's own backend, with its cookies, for a token. */
function fetchToken(element: Element): FrameOptions['getToken'] {
  return async () => {
    const url = element.getAttribute('token-url')
    if (url === null) throw new Error(`<${element.localName}> needs the attribute token-url, or a getToken function.`)
    const response = await fetch(url, { method: 'POST', credentials: 'same-origin' })
    if (!response.ok) throw new Error(`${url} answered ${response.status} instead of a token.`)
    return response.text()
  }
}

/**
 * Registers `<inlay-builder base-url="…" token-url="…">` and an element for each other widget. Safe to call twice.
 *
 * @param prefix of the elements' names. @default 'inlay'
 * @param defaultBaseUrl used by elements without the attribute `base-url`
 */
export function defineElements(prefix = 'inlay', defaultBaseUrl?: string): void {
  for (const widget of ELEMENT_WIDGETS) {
    const name = `${prefix}-${widget}`
    if (customElements.get(name) === undefined) customElements.define(name, elementClass(widget, defaultBaseUrl))
  }
}
