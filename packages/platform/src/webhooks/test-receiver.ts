import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as the receiver got it. */
export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What a receiver answers; an endless one sends its body again and again. */
interface TestAnswer {
  readonly status: number
  readonly body?: string
  readonly headers?: Record<string, string>
  readonly isEndless?: boolean
}

/** A tenant's backend that takes webhooks. */
export interface TestReceiver {
  readonly url: string
  readonly received: Received[]
  /** What is answered from now on. */
  answer: TestAnswer
  close(): Promise<void>
}

/** Starts one on this machine. */
export async function startReceiver(): Promise<TestReceiver> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      const { status, body = '', headers = {}, isEndless = false } = receiver.answer
      response.writeHead(status, headers)
      if (isEndless) repeat(response, body)
      else response.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const receiver: TestReceiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    answer: { status: 204 },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return receiver
}

/** Writes a text until nobody reads it any more. */
function repeat(response: ServerResponse, text: string): void {
  const pump = (): void => {
    while (!response.destroyed && response.write(text));
  }
  response.on('drain', pump)
  pump()
}
