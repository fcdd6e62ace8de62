import type { InlayEvent } from './events.js'
import { createFrame, type FrameOptions } from './frame-element.js'
import type { InlayHandle, InlaySettings } from './options.js'

const OBSERVED = ['path', 'workflow-id', 'locale', 'color-scheme', 'read-only'] as const

/** Makes the class of the custom element. Separate, so that servers without a DOM can import this file. */
function elementClass(defaultBaseUrl: string | undefined) {
  return class InlayBuilderElement extends HTMLElement {
    static readonly observedAttributes = OBSERVED
    /** What the host can do with the widget; undefined while it is off the page. */
    handle: InlayHandle | undefined
    /** Set this instead of `token-url` to get tokens in your own way. */
    getToken: FrameOptions['getToken'] | undefined

    connectedCallback(): void {
      const baseUrl = this.getAttribute('base-url') ?? defaultBaseUrl
      if (baseUrl === undefined) throw new Error('<inlay-builder> needs the attribute base-url.')
      if (this.style.display === '') this.style.display = 'block'
      this.handle = createFrame(this, {
        baseUrl,
        getToken: (request) => (this.getToken ?? fetchToken(this))(request),
        ...settingsFrom(this),
        onEvent: (event) => this.#tell(event),
      })
    }

    disconnectedCallback(): void {
      this.handle?.destroy()
      this.handle = undefined
    }

    attributeChangedCallback(): void {
      this.handle?.update(settingsFrom(this))
    }

    /** Events of the widget are DOM events of the element: `inlay:workflow.published`, with the data as `detail`. */
    #tell(event: InlayEvent): void {
      this.dispatchEvent(new CustomEvent(`inlay:${event.type}`, { detail: event.data, bubbles: true }))
    }
  }
}

function settingsFrom(element: Element): InlaySettings {
  const workflowId = element.getAttribute('workflow-id')
  const path = element.getAttribute('path') ?? (workflowId === null ? null : `/workflows/${workflowId}`)
  const locale = element.getAttribute('locale')
  const scheme = element.getAttribute('color-scheme')
  return {
    readOnly: element.hasAttribute('read-only'),
    ...(path === null ? {} : { path }),
    ...(locale === null ? {} : { locale }),
    ...(scheme === 'light' || scheme === 'dark' || scheme === 'auto' || scheme === 'inherit'
      ? { appearance: { colorScheme: scheme } }
      : {}),
  }
}

/** Asks the page's own backend, with its cookies, for a token. */
function fetchToken(element: Element): FrameOptions['getToken'] {
  return async () => {
    const url = element.getAttribute('token-url')
    if (url === null) throw new Error('<inlay-builder> needs the attribute token-url, or a getToken function.')
    const response = await fetch(url, { method: 'POST', credentials: 'same-origin' })
    if (!response.ok) throw new Error(`${url} answered ${response.status} instead of a token.`)
    return response.text()
  }
}

/**
 * Registers `<inlay-builder base-url="…" token-url="…">`. Safe to call twice.
 *
 * @param name of the element. @default 'inlay-builder'
 * @param defaultBaseUrl used by elements without the attribute `base-url`
 */
export function defineBuilderElement(name = 'inlay-builder', defaultBaseUrl?: string): void {
  if (customElements.get(name) === undefined) customElements.define(name, elementClass(defaultBaseUrl))
}
