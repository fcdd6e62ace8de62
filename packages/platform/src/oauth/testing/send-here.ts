import { type IncomingMessage, request as sendRequest } from 'node:http'

/** A request to this machine. */
export interface LocalRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What was answered. */
export interface LocalAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Sends a request to the port of an address on this machine: the names that tests use stand in no DNS. */
export async function sendHere(
  address: URL,
  { method = 'GET', headers, body }: LocalRequest = {},
): Promise<LocalAnswer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { host: '127.0.0.1', port: address.port, path: `${address.pathname}${address.search}`, method }
    sendRequest({ ...options, headers: { ...headers, host: address.host }, agent: false }, resolve)
      .on('error', reject)
      .end(body)
  })
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  const received = new Headers()
  for (const [name, values = []] of Object.entries(response.headersDistinct)) {
    for (const value of values) received.append(name, value)
  }
  // An answer that was received has a status.
  return { status: response.statusCode ?? 0, headers: received, text: Buffer.concat(chunks).toString() }
}
