import { readLinkTo } from '../links/read-link-to.js'
import {
  ELEMENT_PROPERTIES,
  type ElementProperties,
  elementOptions,
  isPlaceAttribute,
  OBSERVED_ATTRIBUTES,
} from './element-options.js'
import { EventHub, type InlayEvent, type InlayEventName, type InlayListener } from './events.js'
import { createFrame, type FrameOptions } from './frame-element.js'
import { type InlayHandle, type InlaySettings, settingsOf } from './options.js'
import { WIDGETS, type WidgetName } from './widgets.js'

/** Each has an element: `<inlay-builder>`, `<inlay-connections>` and so on. Keys of the record are the names. */
const ELEMENT_WIDGETS = Object.keys(WIDGETS) as readonly WidgetName[]

/** Makes the class of a custom element. Separate, so that servers without a DOM can import this file. */
function elementClass(widget: WidgetName, defaultBaseUrl: string | undefined) {
  class InlayElement extends HTMLElement {
    static readonly observedAttributes = OBSERVED_ATTRIBUTES
    /** What the host can do with the widget; undefined while it is off the page. */
    handle: InlayHandle | undefined
    /** What the page has set as properties of the element. */
    readonly #own: Record<string, unknown> = {}
    readonly #events = new EventHub()

    connectedCallback(): void {
      for (const name of ELEMENT_PROPERTIES) takeOver(this, name)
      if (this.style.display === '') this.style.display = 'block'
      this.handle = createFrame(this, {
        ...this.#options(),
        linkTo: (path) => readLinkTo(this.#options().linkTo ?? '', path, location.href),
        hasLinks: this.#options().linkTo !== undefined,
        onEvent: (event) => this.#tell(event),
      })
    }

    disconnectedCallback(): void {
      this.handle?.destroy()
      this.handle = undefined
    }

    attributeChangedCallback(name: string, before: string | null, after: string | null): void {
      // Frameworks write attributes again that have not changed; the person may be elsewhere by then.
      if (before !== after) this.#update(isPlaceAttribute(name))
    }

    /** Hears events, also before the element is on the page. @returns a function that takes the listener away */
    on<Name extends InlayEventName>(name: Name | '*', listener: InlayListener<Name>): () => void {
      return this.#events.on(name, listener)
    }

    override focus(): void {
      this.handle?.focus()
    }

    /** @internal */
    getOwn(name: string): unknown {
      return this.#own[name]
    }

    /** @internal */
    setOwn(name: string, value: unknown): void {
      this.#own[name] = value
      this.#update(false)
    }

    #options(): FrameOptions {
      const baseUrl = this.getAttribute('base-url') ?? defaultBaseUrl
      if (baseUrl === undefined) throw new Error(`<${this.localName}> needs the attribute base-url.`)
      // Properties of an element are typed by what pages are told of them.
      const own = this.#own as ElementProperties
      return {
        ...elementOptions(this, own),
        baseUrl,
        widget,
        getToken: (request) => ((this.#own as ElementProperties).getToken ?? fetchToken(this))(request),
      }
    }

    #update(isMoved: boolean): void {
      if (this.handle === undefined) return
      const { path, ...settings }: InlaySettings = settingsOf(this.#options())
      this.handle.update({ ...settings, ...(isMoved && path !== undefined ? { path } : {}) })
    }

    /** Events of the widget are DOM events of the element under the same names, with the data as `detail`. */
    #tell(event: InlayEvent): void {
      this.#events.forward(event)
      this.dispatchEvent(new CustomEvent(event.type, { detail: event.data }))
    }
  }
  for (const name of ELEMENT_PROPERTIES) {
    Object.defineProperty(InlayElement.prototype, name, {
      get(this: InlayElement) {
        return this.getOwn(name)
      },
      set(this: InlayElement, value: unknown) {
        this.setOwn(name, value)
      },
    })
  }
  return InlayElement
}

/** A property that a page has set before the element was defined hides the class's own: it is set again. */
function takeOver(element: HTMLElement, name: string): void {
  if (!Object.hasOwn(element, name)) return
  const value: unknown = Reflect.get(element, name)
  Reflect.deleteProperty(element, name)
  Reflect.set(element, name, value)
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
