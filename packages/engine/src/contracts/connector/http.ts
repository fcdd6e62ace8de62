import type { Socket } from 'node:net'
import type { JsonValue } from '../json.js'

/** JSON as code writes it: members that are undefined are left out. */
export type JsonInput =
  | null
  | boolean
  | number
  | string
  | readonly JsonInput[]
  | { readonly [key: string]: JsonInput | undefined }

/** The safe HTTP door: checks every resolved address and redirect, bounds time and size. */
export interface HttpClient {
  /**
   * Resolves with the response whatever its status.
   * @throws StepError `rejected` (address not allowed), `timeout`, `communication`, `limit` (response too large), `validation` (bad URL), `cancelled`
   */
  request(request: HttpRequest): Promise<HttpResponse>
}

/** The methods that the door lets through. */
export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

/** A value of a query parameter; of a list, each item is sent under the same name. */
export type QueryValue = string | number | boolean | readonly (string | number | boolean)[]

/** One request through the safe HTTP door. */
export interface HttpRequest {
  readonly method?: HttpMethod
  /** Absolute; or, in a connector with `api`, relative to its `baseUrl` when it begins with `/`. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Undefined values are left out. */
  readonly query?: Readonly<Record<string, QueryValue | undefined>>
  /** At most one of `json`, `text`, `form`, `bytes`, `multipart`. */
  readonly json?: JsonInput
  readonly text?: string
  readonly form?: Readonly<Record<string, string>>
  /** Sent as they are; say what they are in a `content-type` header. */
  readonly bytes?: Uint8Array
  /** Sent as `multipart/form-data`. */
  readonly multipart?: readonly MultipartPart[]
  /** From the first byte sent to the last received. @default 30_000 */
  readonly timeoutMs?: number
  /** @default 10 MiB */
  readonly maxResponseBytes?: number
  /**
   * For who goes by the status alone: so many bytes of the body are kept, and nothing behind them is waited for. An answer
   * whose headers have come counts then, however large or slow it is. Ask for it uncompressed (`accept-encoding: identity`).
   *
   * @default the whole body, which has to come in time
   */
  readonly keepBytes?: number
  /** @default 5; 0 returns the redirect itself */
  readonly maxRedirects?: number
  readonly signal?: AbortSignal
}

/** One field of a `multipart/form-data` body: a text, or a file. */
export type MultipartPart =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly bytes: Uint8Array; readonly fileName: string; readonly contentType?: string }

/** The answer to a request, read to its end. */
export interface HttpResponse {
  readonly status: number
  /** Names in lower case; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  /** The decoded body as text. */
  readonly text: string
  /** The decoded body. */
  readonly bytes: Uint8Array
  /** @throws StepError `communication` when the body is not JSON; the message quotes its beginning. */
  json(): JsonValue
}

/** The safe way to open a TCP connection (SMTP, databases and the like): same address rules as `HttpClient`. */
export interface NetDoor {
  /** @throws StepError `rejected` when the address is not allowed, `communication` when it cannot be reached, `timeout` */
  connect(target: { host: string; port: number; timeoutMs?: number; signal?: AbortSignal }): Promise<Socket>
}
