import { ELEMENT_PROPERTIES, isPlaceAttribute, OBSERVED_ATTRIBUTES } from './element-options.js'
import { ElementWidget } from './element-widget.js'
import type { InlayEventName, InlayListener } from './events.js'
import type { InlayHandle } from './options.js'
import { WIDGETS, type WidgetName } from './widgets.js'

/** Each has an element: `<inlay-builder>`, `<inlay-connections>` and so on. Keys of the record are the names. */
const ELEMENT_WIDGETS = Object.keys(WIDGETS) as readonly WidgetName[]

/** Makes the class of a custom element. Separate, so that servers without a DOM can import this file. */
function elementClass(name: WidgetName, defaultBaseUrl: string | undefined) {
  class InlayElement extends HTMLElement {
    static readonly observedAttributes = OBSERVED_ATTRIBUTES
    readonly #widget = new ElementWidget(this, name, defaultBaseUrl)

    static {
      for (const property of ELEMENT_PROPERTIES) {
        Object.defineProperty(InlayElement.prototype, property, {
          get(this: InlayElement) {
            return this.#widget.getOwn(property)
          },
          set(this: InlayElement, value: unknown) {
            this.#widget.setOwn(property, value)
          },
        })
      }
    }

    /** What the host can do with the widget; undefined while it is off the page. */
    get handle(): InlayHandle | undefined {
      return this.#widget.handle
    }

    connectedCallback(): void {
      for (const property of ELEMENT_PROPERTIES) takeOver(this, property)
      this.#widget.connect()
    }

    disconnectedCallback(): void {
      this.#widget.disconnect()
    }

    attributeChangedCallback(attribute: string, before: string | null, after: string | null): void {
      // Frameworks write attributes again that have not changed; the person may be elsewhere by then.
      if (before !== after) this.#widget.update(isPlaceAttribute(attribute))
    }

    /** Hears events, also before the element is on the page. @returns a function that takes the listener away */
    on<Name extends InlayEventName>(event: Name | '*', listener: InlayListener<Name>): () => void {
      return this.#widget.events.on(event, listener)
    }

    override focus(): void {
      this.handle?.focus()
    }
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
