// The whole integration of a page without a framework. The script tag may still be loading: calls wait in its queue.
import { appearance, getToken } from './inlay.js'

interface Inlay {
  mount(target: string, options: object): { on(name: string, listener: (event: object) => void): void }
}
interface InlayQueue {
  readonly q: ((inlay: Inlay) => void)[]
  ready(callback: (inlay: Inlay) => void): void
}

declare global {
  interface Window {
    Inlay?: InlayQueue
  }
}

window.Inlay ??= {
  q: [],
  ready(callback) {
    this.q.push(callback)
  },
}
window.Inlay.ready((inlay) => {
  const widget = inlay.mount('#automations', { getToken, appearance, title: 'Automations' })
  widget.on('*', (event) => console.info('automation event', event))
})
