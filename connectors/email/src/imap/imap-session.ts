import { isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { StepError } from '@inlay/sdk/connector'
import { type ImapResponse, ResponseReader } from './response-reader.js'

/** Bounds of a session. */
export interface SessionOptions {
  /** From a command to its answer, in milliseconds. @default 30_000 */
  readonly timeoutMs?: number
  /** The largest message. @default 25 MiB */
  readonly maxLiteralBytes?: number
}

interface Waiting {
  /** Whether a response is the one that is waited for; all before it are collected. */
  readonly isLast: (response: ImapResponse) => boolean
  readonly resolve: (responses: ImapResponse[]) => void
  readonly reject: (error: unknown) => void
}

const MAX_LITERAL_BYTES = 25 * 1024 * 1024

/** A conversation with an IMAP server (RFC 9051) over a socket that is open already: one command at a time. */
export class ImapSession {
  private collected: ImapResponse[] = []
  private waiting: Waiting | undefined
  private failure: unknown
  private count = 0
  private readonly timeoutMs: number

  constructor(
    private socket: Socket,
    private readonly options: SessionOptions = {},
  ) {
    this.timeoutMs = options.timeoutMs ?? 30_000
    this.listen()
  }

  /** The server's first line. @throws StepError `communication` when it is no IMAP server, or takes nobody */
  async greet(): Promise<void> {
    const responses = await this.until((response) => /^\S+ \S+/.test(response.text))
    const greeting = responses.at(-1)?.text ?? ''
    if (/^\* (?:OK|PREAUTH)\b/i.test(greeting)) return
    throw new StepError('communication', 'The mail server does not speak IMAP, or takes nobody at the moment', {
      detail: `It said: ${greeting.slice(0, 200)}`,
    })
  }

  /**
   * Sends a command; resolves to what was said until its end, that included. Bytes are sent as a literal.
   *
   * @throws StepError `rejected` with the server's words
   */
  async command(...parts: readonly (string | Buffer)[]): Promise<ImapResponse[]> {
    const tag = `a${++this.count}`
    let line = `${tag} `
    for (const part of parts) {
      if (typeof part === 'string') {
        line += part
        continue
      }
      this.socket.write(`${line}{${part.length}}\r\n`)
      const refused = await this.prompt(tag)
      if (refused !== undefined) return this.settle(tag, refused)
      this.socket.write(part)
      line = ''
    }
    this.socket.write(`${line}\r\n`)
    return this.settle(tag, await this.until((response) => response.text.startsWith(`${tag} `)))
  }

  /** Sends a command whose one question is answered with this line. @throws as `command` */
  async answered(text: string, answer: string): Promise<ImapResponse[]> {
    const tag = `a${++this.count}`
    this.socket.write(`${tag} ${text}\r\n`)
    const refused = await this.prompt(tag)
    if (refused !== undefined) return this.settle(tag, refused)
    this.socket.write(`${answer}\r\n`)
    return this.settle(tag, await this.until((response) => response.text.startsWith(`${tag} `)))
  }

  /** Goes on encrypted, on the same connection. @throws StepError `communication` when the certificate is not good */
  async secure(host: string): Promise<void> {
    const plain = this.socket
    plain.removeAllListeners('data')
    const encrypted = connectTls({ socket: plain, host, ...(isIP(host) === 0 ? { servername: host } : {}) })
    const timer = setTimeout(() => encrypted.destroy(late()), this.timeoutMs)
    try {
      await new Promise<void>((resolve, reject) => {
        encrypted.once('secureConnect', resolve)
        encrypted.once('error', reject)
        plain.once('close', () => reject(new Error('The connection was cut')))
      })
    } finally {
      clearTimeout(timer)
    }
    // What came in clear text after the answer to STARTTLS was put there by somebody in between.
    this.collected = []
    this.socket = encrypted
    this.listen()
  }

  /** Waits until the server wants to hear more; what it said when it does not. */
  private async prompt(tag: string): Promise<ImapResponse[] | undefined> {
    const said = await this.until(({ text }) => text.startsWith('+') || text.startsWith(`${tag} `))
    return said.at(-1)?.text.startsWith('+') === true ? undefined : said
  }

  private settle(tag: string, responses: readonly ImapResponse[]): ImapResponse[] {
    const end = responses.at(-1)?.text ?? ''
    if (new RegExp(`^${tag} OK\\b`, 'i').test(end)) return [...responses]
    throw new StepError('rejected', 'The mail server refused', { detail: end.replace(`${tag} `, '').slice(0, 500) })
  }

  private listen(): void {
    const reader = new ResponseReader(this.options.maxLiteralBytes ?? MAX_LITERAL_BYTES)
    this.socket.on('data', (bytes: Buffer) => {
      try {
        for (const response of reader.push(bytes)) this.take(response)
      } catch (error) {
        this.fail(error)
      }
    })
    this.socket.on('error', (error) => this.fail(error))
    this.socket.on('close', () => this.fail(new Error('The connection was cut')))
  }

  private take(response: ImapResponse): void {
    this.collected.push(response)
    if (this.waiting?.isLast(response) !== true) return
    const { resolve } = this.waiting
    this.waiting = undefined
    resolve(this.collected.splice(0))
  }

  private fail(error: unknown): void {
    this.failure ??= error
    this.waiting?.reject(this.failure)
    this.waiting = undefined
  }

  private async until(isLast: Waiting['isLast']): Promise<ImapResponse[]> {
    if (this.failure !== undefined) throw this.failure
    const early = this.collected.findIndex(isLast)
    if (early !== -1) return this.collected.splice(0, early + 1)
    const timer = setTimeout(() => this.fail(late()), this.timeoutMs)
    try {
      return await new Promise((resolve, reject) => {
        this.waiting = { isLast, resolve, reject }
      })
    } finally {
      clearTimeout(timer)
    }
  }
}

function late(): StepError {
  return new StepError('timeout', 'The mail server does not answer')
}
