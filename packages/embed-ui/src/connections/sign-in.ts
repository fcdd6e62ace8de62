// Signing in to a service in a window of its own. What became of it is asked of the server: a window that closes says
// nothing, and a page that calls itself finished may be anybody's.
import { isTransient, readProblem } from '../data/api-error.js'
import type { Authorization, AuthorizationRequest } from '../data/api-types.js'
import type { ConnectClient } from '../data/client.js'

/** How far a person's signing in is. */
export type SignInState =
  | { readonly stage: 'idle' }
  | { readonly stage: 'opening' }
  /** The person is at the service. `link`: their browser has kept the window from opening. */
  | { readonly stage: 'away'; readonly link: string | undefined }
  /** `isBusy`: the person has said yes, and the server has not answered yet. */
  | { readonly stage: 'confirm'; readonly authorization: Authorization; readonly isBusy: boolean }
  | { readonly stage: 'done'; readonly connectionId: string }
  | { readonly stage: 'failed'; readonly code: string; readonly text: string }

/** In milliseconds. */
const POLL_MS = 1500

const WINDOW_FEATURES = 'popup,width=620,height=760'

export interface SignInDeps {
  readonly client: Pick<ConnectClient, 'oauthAuthorizations'>
  readonly onState: (state: SignInState) => void
  /** @default the browser's */
  readonly openWindow?: () => Window | null
  /** In milliseconds. @default 1500 */
  readonly pollMs?: number
}

/** One person's signing in, from the click to the answer of the server. */
export class SignIn {
  readonly #deps: SignInDeps
  #popup: Window | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Answers that belong to an earlier attempt are not listened to. */
  #attempt = 0
  #isConfirming = false

  constructor(deps: SignInDeps) {
    this.#deps = deps
  }

  /** Call it in the handler of a click: browsers open windows for people only. */
  start(request: AuthorizationRequest): void {
    this.dispose()
    const attempt = this.#attempt
    this.#popup = (this.#deps.openWindow ?? openBlank)()
    this.#tell({ stage: 'opening' })
    void this.#begin(request, attempt)
  }

  /** Confirms what the person has seen to be right. Once is enough: meanwhile it does nothing. */
  async confirm(seen: Authorization): Promise<void> {
    if (this.#isConfirming) return
    const attempt = this.#attempt
    this.#isConfirming = true
    this.#tell({ stage: 'confirm', authorization: seen, isBusy: true })
    try {
      const authorization = await this.#deps.client.oauthAuthorizations.confirm.mutate({ id: seen.id })
      if (attempt === this.#attempt) this.#follow(authorization, undefined)
    } catch (error) {
      if (attempt !== this.#attempt) return
      // Without an answer the server may have confirmed it all the same: it is asked.
      if (isTransient(readProblem(error))) this.#ask(seen.id, undefined)
      else this.#fail(error)
    } finally {
      this.#isConfirming = false
    }
  }

  /** Ends it: closes the window, asks no more. Safe to call twice. */
  dispose(): void {
    this.#attempt += 1
    clearTimeout(this.#timer)
    this.#popup?.close()
    this.#popup = null
  }

  async #begin(request: AuthorizationRequest, attempt: number): Promise<void> {
    try {
      const { url, ...authorization } = await this.#deps.client.oauthAuthorizations.create.mutate(request)
      if (attempt !== this.#attempt) return
      const isBlocked = this.#popup === null || this.#popup.closed
      if (url !== null && this.#popup !== null && !isBlocked) this.#popup.location.href = url
      this.#follow(authorization, isBlocked && url !== null ? url : undefined)
    } catch (error) {
      if (attempt === this.#attempt) this.#fail(error)
    }
  }

  #follow(authorization: Authorization, link: string | undefined): void {
    const { status, awaiting, connectionId, error } = authorization
    if (status === 'confirmed' && connectionId !== null) {
      this.dispose()
      this.#tell({ stage: 'done', connectionId })
    } else if (status === 'failed' || status === 'expired') {
      this.dispose()
      this.#tell({ stage: 'failed', code: error?.code ?? `oauth.${status}`, text: error?.detail ?? '' })
    } else if (awaiting === 'host') {
      this.#closeWindow()
      this.#tell({ stage: 'confirm', authorization, isBusy: false })
    } else {
      this.#tell({ stage: 'away', link })
      this.#ask(authorization.id, link)
    }
  }

  #ask(id: string, link: string | undefined): void {
    const attempt = this.#attempt
    this.#timer = setTimeout(async () => {
      try {
        const authorization = await this.#deps.client.oauthAuthorizations.get.query({ id })
        if (attempt === this.#attempt) this.#follow(authorization, link)
      } catch (error) {
        if (attempt !== this.#attempt) return
        if (isTransient(readProblem(error))) this.#ask(id, link)
        else this.#fail(error)
      }
    }, this.#deps.pollMs ?? POLL_MS)
  }

  #fail(error: unknown): void {
    const { code, title, detail } = readProblem(error)
    this.dispose()
    this.#tell({ stage: 'failed', code, text: detail === undefined ? title : `${title} ${detail}` })
  }

  #closeWindow(): void {
    this.#popup?.close()
    this.#popup = null
  }

  #tell(state: SignInState): void {
    this.#deps.onState(state)
  }
}

/** The service's page is nobody's business here, and this page is none of the service's. */
function openBlank(): Window | null {
  const popup = window.open('about:blank', '_blank', WINDOW_FEATURES)
  if (popup !== null) popup.opener = null
  return popup
}
