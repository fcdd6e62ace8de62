import { type AuthValues, isInlayError, type NetDoor, StepError, z } from '@inlay/sdk/connector'
import { ImapSession, type SessionOptions } from './imap-session.js'
import type { ImapResponse } from './response-reader.js'

/** What the connection's form holds for reading mail. */
export const imapFields = z.object({
  imapHost: z.string().optional(),
  imapPort: z.coerce.number().default(993),
  imapSecure: z.enum(['tls', 'starttls', 'none']).default('tls'),
})

/** What is needed of a context. */
export interface MailboxContext {
  readonly auth: AuthValues
  readonly net: NetDoor
  readonly signal: AbortSignal
}

/** A mailbox, opened for reading: nothing in it is marked as seen. */
export interface Mailbox {
  /** Changes when the server numbers its messages anew. */
  readonly uidValidity: number
  /** The number that the next message gets. */
  readonly uidNext: number
  /** Numbers of messages from one on, in order. */
  uidsFrom(uid: number): Promise<number[]>
  /** Bytes; undefined when it is gone. */
  sizeOf(uid: number): Promise<number | undefined>
  /** The message as it is (RFC 5322), or its headers alone; undefined when it is gone. */
  read(uid: number, part: 'all' | 'headers'): Promise<Buffer | undefined>
}

/** Uses a mailbox over a connection through the safe door, and closes it. @throws StepError by what failed */
export async function withMailbox<T>(
  context: MailboxContext,
  name: string,
  use: (mailbox: Mailbox) => Promise<T>,
  options: SessionOptions = {},
): Promise<T> {
  const { auth, net, signal } = context
  if (auth.kind !== 'basic') throw new StepError('authentication', 'Reading mail needs a connection to a mail server')
  const { imapHost: host, imapPort: port, imapSecure } = imapFields.parse(auth.fields)
  if (host === undefined || host === '') {
    throw new StepError('validation', 'The connection names no IMAP server', {
      detail: 'Enter the server for incoming mail in the connection.',
    })
  }
  const socket = await net.connect({ host, port, signal })
  const onAbort = (): void => void socket.destroy()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    const session = new ImapSession(socket, options)
    if (imapSecure === 'tls') await session.secure(host)
    await session.greet()
    if (imapSecure === 'starttls') await startTls(session, host)
    await signIn(session, auth)
    return await use(await examine(session, name))
  } catch (error) {
    // What a cut connection makes of it says nothing of why it was cut.
    throw signal.aborted ? signal.reason : toStepError(error)
  } finally {
    signal.removeEventListener('abort', onAbort)
    socket.destroy()
  }
}

async function startTls(session: ImapSession, host: string): Promise<void> {
  try {
    await session.command('STARTTLS')
  } catch (cause) {
    throw unsafe('It does not offer STARTTLS', cause)
  }
  await session.secure(host)
}

async function signIn(session: ImapSession, { username, password }: { username: string; password: string }) {
  const offered = (await session.command('CAPABILITY')).map(({ text }) => text.toUpperCase()).join(' ')
  const secret = Buffer.from(`\0${username}\0${password}`).toString('base64')
  try {
    // RFC 4616 takes any characters; LOGIN only those that fit between quotes.
    if (offered.includes('AUTH=PLAIN')) await session.command('AUTHENTICATE PLAIN', () => secret)
    else await session.command(`LOGIN ${quoted(username)} ${quoted(password)}`)
  } catch (error) {
    if (!isInlayError(error) || error.code !== 'step.rejected') throw error
    throw new StepError('authentication', 'The mail server did not accept the credentials', {
      detail: 'Many providers want an app password, and that IMAP is switched on.',
      cause: error,
    })
  }
}

async function examine(session: ImapSession, name: string): Promise<Mailbox> {
  const said = await session.command(`EXAMINE ${quoted(name)}`)
  const number = (pattern: RegExp): number | undefined => {
    const found = said.map(({ text }) => pattern.exec(text)?.[1]).find((text) => text !== undefined)
    return found === undefined ? undefined : Number(found)
  }
  const uidsFrom = async (uid: number): Promise<number[]> => {
    const found = await session.command(`UID SEARCH UID ${uid}:*`)
    const uids = found.flatMap(({ text }) => /^\* SEARCH((?: \d+)*)/i.exec(text)?.[1]?.trim().split(' ') ?? [])
    // `n:*` always holds the newest message, even one before `n` (RFC 9051 section 9, seq-range).
    return uids
      .map(Number)
      .filter((each) => each >= uid && each > 0)
      .sort((a, b) => a - b)
  }
  const uidNext = number(/\[UIDNEXT (\d+)\]/i) ?? ((await uidsFrom(1)).at(-1) ?? 0) + 1
  return {
    uidValidity: number(/\[UIDVALIDITY (\d+)\]/i) ?? 0,
    uidNext,
    uidsFrom,
    sizeOf: async (uid) => {
      const [fetched] = fetches(await session.command(`UID FETCH ${uid} (RFC822.SIZE)`))
      const size = /RFC822\.SIZE (\d+)/i.exec(fetched?.text ?? '')?.[1]
      return size === undefined ? undefined : Number(size)
    },
    read: async (uid, part) => {
      const section = part === 'all' ? '' : 'HEADER'
      const [fetched] = fetches(await session.command(`UID FETCH ${uid} (BODY.PEEK[${section}])`))
      return fetched?.literals[0]
    },
  }
}

/** Servers tell of other things in between, such as messages that arrive. */
function fetches(responses: readonly ImapResponse[]): ImapResponse[] {
  return responses.filter(({ text }) => /^\* \d+ FETCH /i.test(text))
}

/** @throws StepError `validation` for what cannot stand between quotes, commands among it */
function quoted(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what would end the command
  if (/[\x00-\x1f\x7f-\uffff]/.test(text)) {
    throw new StepError('validation', 'A name holds characters that this mail server cannot take')
  }
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

function unsafe(reason: string, cause: unknown): StepError {
  return new StepError('communication', 'There is no safe connection to the mail server', {
    detail: `${reason}. Check server, port and encryption of the connection; nothing was sent.`,
    cause,
    retryable: false,
  })
}

function toStepError(error: unknown): unknown {
  if (isInlayError(error)) return error
  const message = error instanceof Error ? error.message : 'unknown'
  if (/certificate|self.signed|\bssl\b|\btls\b|wrong version/i.test(message)) return unsafe(message, error)
  return new StepError('communication', 'The mail server had a problem', { detail: message, cause: error })
}
