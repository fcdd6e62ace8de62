import { StepError } from '@inlay/sdk/connector'

/** One response of an IMAP server (RFC 9051 section 7), with its literals taken out. */
export interface ImapResponse {
  /** The line; `{0}`, `{1}` and so on stand where literals were. */
  readonly text: string
  readonly literals: readonly Buffer[]
}

const MAX_LINE_BYTES = 65_536
const LITERAL = /\{(\d+)\+?\}$/

/**
 * Takes responses out of what arrives in pieces.
 *
 * @throws StepError `limit` for lines and literals that are larger than allowed
 */
export class ResponseReader {
  private pending: Buffer = Buffer.alloc(0)
  private text = ''
  private literals: Buffer[] = []
  private literalBytes: number | undefined

  constructor(private readonly maxLiteralBytes: number) {}

  /** The responses that are complete with these bytes. */
  push(bytes: Buffer): ImapResponse[] {
    this.pending = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes])
    const responses: ImapResponse[] = []
    for (let more = true; more; ) {
      const response = this.literalBytes === undefined ? this.readLine() : this.readLiteral(this.literalBytes)
      if (typeof response === 'object') responses.push(response)
      more = response !== false
    }
    return responses
  }

  /** A response, `true` when something was read, `false` when there is not enough yet. */
  private readLine(): ImapResponse | boolean {
    const end = this.pending.indexOf('\r\n')
    if (end === -1 || this.text.length + end > MAX_LINE_BYTES) return this.assertLine()
    const line = this.pending.subarray(0, end).toString()
    this.pending = this.pending.subarray(end + 2)
    const announced = LITERAL.exec(line)
    if (announced === null) return this.finish(line)
    this.literalBytes = Number(announced[1])
    if (this.literalBytes > this.maxLiteralBytes) throw tooLarge(`${this.literalBytes} bytes at once`)
    this.text += line.replace(LITERAL, `{${this.literals.length}}`)
    return true
  }

  private readLiteral(size: number): boolean {
    if (this.pending.length < size) return false
    this.literals.push(Buffer.from(this.pending.subarray(0, size)))
    this.pending = this.pending.subarray(size)
    this.literalBytes = undefined
    return true
  }

  private finish(rest: string): ImapResponse {
    const response = { text: this.text + rest, literals: this.literals }
    this.text = ''
    this.literals = []
    return response
  }

  private assertLine(): false {
    if (this.text.length + this.pending.length > MAX_LINE_BYTES) throw tooLarge('a line without an end')
    return false
  }
}

function tooLarge(what: string): StepError {
  return new StepError('limit', 'The mail server sends more than is taken', { detail: `It sends ${what}.` })
}
