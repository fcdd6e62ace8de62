import type { UploadInit } from '@inlay/sdk/client'

/**
 * `fetch` that tells how far an upload is: browsers tell it of an `XMLHttpRequest` alone.
 */
export function progressFetch(input: string | URL | Request, init: UploadInit = {}): Promise<Response> {
  const { onUploadProgress, ...request } = init
  const hasToTell = onUploadProgress !== undefined && typeof XMLHttpRequest !== 'undefined'
  // A request object brings a body of its own, which only `fetch` can send.
  if (!hasToTell || input instanceof Request) return fetch(input, request)
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest()
    const { signal } = request
    if (signal?.aborted === true) return reject(signal.reason)
    sending.open(request.method ?? 'GET', input)
    for (const [name, value] of new Headers(request.headers)) sending.setRequestHeader(name, value)
    sending.upload.addEventListener('progress', ({ loaded }) => onUploadProgress(loaded))
    sending.addEventListener('load', () => resolve(answerOf(sending)))
    sending.addEventListener('error', () => reject(new TypeError('Failed to fetch')))
    sending.addEventListener('abort', () => reject(signal?.reason))
    signal?.addEventListener('abort', () => sending.abort())
    // Whatever `fetch` takes as a body, but for streams, an `XMLHttpRequest` takes, too.
    sending.send((request.body ?? null) as XMLHttpRequestBodyInit | null)
  })
}

function answerOf(sent: XMLHttpRequest): Response {
  const lines = sent.getAllResponseHeaders().trim().split('\r\n')
  const headers = lines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(':')
    return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()]] : []
  })
  return new Response(sent.responseText, { status: sent.status, headers })
}
