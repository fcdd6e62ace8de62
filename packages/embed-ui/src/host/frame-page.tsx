// The iframe's side: waits for the page around it, then is the widget.
import { createRoot } from 'react-dom/client'
import { BuilderApp } from './BuilderApp.js'
import { createController } from './controller.js'
import { allowStyles } from './csp-nonce.js'
import { createEmbedSession } from './embed-session.js'
import { type FrameRoom, openFrameRoom } from './frame-room.js'
import type { InlaySettings, TokenRequest } from './options.js'
import { CONNECT_MESSAGE, createPortCaller, type PortCaller } from './port-calls.js'

/** What the page of a frame knows of itself. */
export interface FramePage {
  /** The control plane's address. */
  readonly baseUrl: string
  /** Of the page's Content-Security-Policy. */
  readonly cspNonce?: string | undefined
}

/** Draws the widget into `root` once the page around the frame has connected. The page of an iframe calls this once. */
export function startFramePage(root: HTMLElement, page: FramePage): void {
  allowStyles(page.cspNonce)
  const onMessage = (event: MessageEvent): void => {
    const [port] = event.ports
    if (event.source !== window.parent || port === undefined || !isConnect(event.data)) return
    // The first page that connects keeps the frame; frame-ancestors has decided which pages those can be.
    window.removeEventListener('message', onMessage)
    open(root, { ...page, port, settings: event.data.settings, parentOrigin: event.origin })
  }
  window.addEventListener('message', onMessage)
}

interface Connection extends FramePage {
  readonly port: MessagePort
  readonly settings: InlaySettings
  readonly parentOrigin: string
}

function open(root: HTMLElement, { baseUrl, cspNonce, port, settings, parentOrigin }: Connection): void {
  const controller = createController(settings)
  const room: FrameRoom = openFrameRoom(root, (height) => controller.events.emit('resize', { height }))
  const takeHeight = ({ height = 'fill' }: InlaySettings): void => room.setAuto(height === 'auto')
  takeHeight(settings)
  controller.store.subscribe((state) => takeHeight(state.settings))
  const peer: PortCaller = createPortCaller(port, {
    update: controller.update,
    save: controller.save,
    publish: controller.publish,
    undo: controller.undo,
    redo: controller.redo,
    getState: controller.getState,
    focus: controller.focus,
    visible: room.setVisible,
  })
  const getToken = async (request: TokenRequest): Promise<string> => {
    const token = String(await peer.call('getToken', request))
    assertOrigin(token, parentOrigin)
    return token
  }
  const session = createEmbedSession(
    { baseUrl, getToken, parentOrigin: parentOrigin === location.origin ? undefined : parentOrigin },
    controller.events,
  )
  controller.on('*', (event) => void peer.call('event', event).catch(() => {}))
  const linkTo = async (path: string) => String(await peer.call('linkTo', path))
  createRoot(root).render(<BuilderApp {...{ controller, session, cspNonce, linkTo }} />)
}

/** As the control plane refuses a page, so that it is not tried again. */
class OriginDenied extends Error {
  readonly code = 'embed.origin_denied'
  readonly status = 403
}

/** A token may name the pages that it is for. It is not even sent from another one. */
function assertOrigin(token: string, parentOrigin: string): void {
  const { origins } = readClaims(token)
  if (Array.isArray(origins) && !origins.includes(parentOrigin)) {
    throw new OriginDenied(`The token is not for pages of ${parentOrigin}.`)
  }
}

function readClaims(token: string): { readonly origins?: unknown } {
  try {
    const body = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    const claims: unknown = JSON.parse(atob(body))
    return typeof claims === 'object' && claims !== null ? claims : {}
  } catch {
    // Not a token that can be read here; the server will say what is wrong with it.
    return {}
  }
}

function isConnect(data: unknown): data is { readonly type: string; readonly settings: InlaySettings } {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    data.type === CONNECT_MESSAGE &&
    'settings' in data &&
    typeof data.settings === 'object' &&
    data.settings !== null
  )
}
