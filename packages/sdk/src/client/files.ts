import { type ApiClientOptions, apiFetch, callHeaders, newKey, readBaseUrl } from './api-client.js'
import { type ApiErrorFields, readRetryAfter, toApiError, toRefusal } from './errors.js'

/** What `files.upload` gives to `fetch`. One of your own can tell of progress by it; that of the platform does not. */
export interface UploadInit extends RequestInit {
  /** Hears how many bytes of the body have been sent. */
  readonly onUploadProgress?: ((sent: number) => void) | undefined
}

/** A file that the server keeps: put it wherever a step takes a file, or into the input of a run. */
export interface UploadedFile {
  readonly $file: string
  readonly name: string
  readonly contentType: string
  /** Bytes. */
  readonly size: number
}

/** What an upload says of its file. */
export interface UploadOptions {
  /** What the file is called, without folders. */
  readonly name: string
  /** @default what the content says of itself, else `application/octet-stream` */
  readonly contentType?: string
  /** Whose file it is; those who speak for one customer need not say it. */
  readonly customerId?: string
  /** Hears how many bytes have been sent, where the client's `fetch` tells it: see `UploadInit`. */
  readonly onProgress?: (sent: number) => void
  readonly signal?: AbortSignal
  /** Tells a repetition from a new upload. @default a random one */
  readonly idempotencyKey?: string
}

/** Files for steps and for tests. */
export interface FilesClient {
  /** @throws ApiError `file.too_large`, `file.media_type`, `file.not_kept`, `customer.not_found` */
  upload(content: Blob | Uint8Array, options: UploadOptions): Promise<UploadedFile>
}

/** @throws ApiError `client.invalid_options` when `baseUrl` is not a URL */
export function createFilesClient(options: ApiClientOptions): FilesClient {
  const base = readBaseUrl(options.baseUrl)
  const send = apiFetch(options)
  return {
    upload: async (content, { name, customerId, onProgress, signal, idempotencyKey = newKey(), ...of }) => {
      const query = new URLSearchParams({ name, ...(customerId === undefined ? {} : { customerId }) })
      const own = content instanceof Uint8Array ? '' : content.type
      const init: UploadInit = {
        method: 'POST',
        headers: {
          ...(await callHeaders(options, { context: { idempotencyKey } })),
          'content-type': of.contentType ?? (own === '' ? 'application/octet-stream' : own),
        },
        // Bytes are a body wherever there is a `fetch`; the types admit only some of their buffers.
        body: content as NonNullable<RequestInit['body']>,
        signal: signal ?? null,
        onUploadProgress: onProgress,
      }
      return upload(send, `${base}/v1/files?${query}`, init)
    },
  }
}

async function upload(send: typeof fetch, url: string, init: UploadInit): Promise<UploadedFile> {
  try {
    const response = await send(url, init)
    // What the API answers is what its documentation says.
    if (response.ok) return (await response.json()) as UploadedFile
    // The API's refusals are problem documents (RFC 9457).
    const { title, ...problem } = (await response.json()) as ApiErrorFields & { readonly title: string }
    throw toRefusal(title, { ...problem, status: response.status, retryAfterMs: readRetryAfter(response) })
  } catch (error) {
    throw toApiError(error)
  }
}
