import { defineElements } from './host/widget-elements.js'

export { defineElements } from './host/widget-elements.js'

// The one import that works by being imported; servers without a DOM may import it too.
if (typeof customElements !== 'undefined') defineElements()
