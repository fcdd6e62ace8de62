import { defineBuilderElement } from './host/builder-element.js'

export { defineBuilderElement } from './host/builder-element.js'

// The one import that works by being imported; servers without a DOM may import it too.
if (typeof customElements !== 'undefined') defineBuilderElement()
