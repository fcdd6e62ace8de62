import { readLinkTo } from '../links/read-link-to.js'
import { type ElementProperties, elementOptions } from './element-options.js'
import { EventHub, type InlayEvent } from './events.js'
import { createFrame, type FrameOptions } from './frame-element.js'
import { type InlayHandle, type InlaySettings, settingsOf } from './options.js'
import type { WidgetName } from './widgets.js'

/** What an element of a page shows, and what the page has set on it. */
export class ElementWidget {
  /** What the host can do with the widget; undefined while the element is off the page. */
  handle: InlayHandle | undefined
  readonly events = new EventHub()
  /** What the page has set as properties of the element. */
  readonly #own: Record<string, unknown> = {}

  /** @param defaultBaseUrl used when the element has no attribute `base-url` */
  constructor(
    readonly element: HTMLElement,
    readonly widget: WidgetName,
    readonly defaultBaseUrl: string | undefined,
  ) {}

  connect(): void {
    if (this.element.style.display === '') this.element.style.display = 'block'
    this.handle = createFrame(this.element, {
      ...this.#options(),
      linkTo: (path) => readLinkTo(this.#options().linkTo ?? '', path, location.href),
      hasLinks: this.#options().linkTo !== undefined,
      onEvent: (event) => this.#tell(event),
    })
  }

  disconnect(): void {
    this.handle?.destroy()
    this.handle = undefined
  }

  getOwn(name: string): unknown {
    return this.#own[name]
  }

  setOwn(name: string, value: unknown): void {
    this.#own[name] = value
    this.update(false)
  }

  /** @param isMoved whether the page has named another place */
  update(isMoved: boolean): void {
    if (this.handle === undefined) return
    const { path, ...settings }: InlaySettings = settingsOf(this.#options())
    this.handle.update({ ...settings, ...(isMoved && path !== undefined ? { path } : {}) })
  }

  #options(): FrameOptions {
    const baseUrl = this.element.getAttribute('base-url') ?? this.defaultBaseUrl
    if (baseUrl === undefined) throw new Error(`<${this.element.localName}> needs the attribute base-url.`)
    // Properties of an element are typed by what pages are told of them.
    const own = this.#own as ElementProperties
    return {
      ...elementOptions(this.element, own),
      baseUrl,
      widget: this.widget,
      getToken: (request) => (own.getToken ?? fetchToken(this.element))(request),
    }
  }

  /** Events of the widget are DOM events of the element under the same names, with the data as `detail`. */
  #tell(event: InlayEvent): void {
    this.events.forward(event)
    this.element.dispatchEvent(new CustomEvent(event.type, { detail: event.data }))
  }
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
