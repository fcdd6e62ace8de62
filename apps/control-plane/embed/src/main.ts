// The page inside the iframe: the widget, once the page around it has connected.
import '@inlay/embed-ui/styles.css'
import { startFramePage } from '@inlay/embed-ui/frame-page'
import './page.css'

const root = document.getElementById('root')
if (root !== null) {
  if (window.parent === window) showStandalone(root)
  else startFramePage(root, { baseUrl: window.location.origin, cspNonce: readNonce() })
}

/** Browsers show a nonce to scripts only, and under no other name. */
function readNonce(): string | undefined {
  return document.querySelector<HTMLElement>('meta[name="csp-nonce"]')?.nonce
}

/** Somebody opened the address of the frame by itself. */
function showStandalone(element: HTMLElement): void {
  const text = document.createElement('p')
  text.className = 'standalone'
  text.textContent = 'This page is shown inside other pages. It has nothing to show by itself.'
  element.replaceChildren(text)
}
