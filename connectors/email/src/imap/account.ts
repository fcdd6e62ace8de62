import { type AuthValues, isInlayError, type NetDoor, StepError, z } from '@inlay/sdk/connector'
import { ImapSession, type SessionOptions } from './imap-session.js'
import { type Mailbox, openMailbox } from './mailbox.js'
import type { ImapResponse } from './response-reader.js'
import { folderArgument, quoted, readFolderName } from './wire-text.js'

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

/** A folder of an account. */
export interface Folder {
  readonly name: string
  /** What it is for, in lower case and as RFC 6154 names it: `drafts`, `sent`, `trash`; null for others. */
  readonly use: string | null
  /** Off for folders that hold folders alone. */
  readonly isSelectable: boolean
}

/** Somebody's mail at a server. */
export interface Account {
  folders(): Promise<Folder[]>
  open(folder: string, mode: 'read' | 'write'): Promise<Mailbox>
  /** Puts a message into a folder. */
  append(folder: string, raw: Buffer, flags: readonly string[]): Promise<void>
}

/** Uses an account over a connection through the safe door, and closes it. @throws StepError by what failed */
export async function withAccount<T>(
  context: MailboxContext,
  use: (account: Account) => Promise<T>,
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
    return await use(accountOf(session, await capabilitiesOf(session)))
  } catch (error) {
    // What a cut connection makes of it says nothing of why it was cut.
    throw signal.aborted ? signal.reason : toStepError(error)
  } finally {
    signal.removeEventListener('abort', onAbort)
    socket.destroy()
  }
}

/** As `withAccount`, with one folder opened. */
export function withMailbox<T>(
  context: MailboxContext,
  folder: { readonly name: string; readonly mode: 'read' | 'write' },
  use: (mailbox: Mailbox) => Promise<T>,
): Promise<T> {
  return withAccount(context, async (account) => use(await account.open(folder.name, folder.mode)))
}

function accountOf(session: ImapSession, capabilities: ReadonlySet<string>): Account {
  return {
    folders: async () => {
      const isExtended = capabilities.has('SPECIAL-USE') && capabilities.has('LIST-EXTENDED')
      const listed = await session.command(`LIST "" "*"${isExtended ? ' RETURN (SPECIAL-USE)' : ''}`)
      return listed.flatMap(toFolder)
    },
    open: (folder, mode) => openMailbox(session, folder, { isWritable: mode === 'write', capabilities }),
    append: async (folder, raw, flags) => {
      await session.command(`APPEND ${folderArgument(folder)} (${flags.join(' ')}) `, raw)
    },
  }
}

const USES: ReadonlySet<string> = new Set(['all', 'archive', 'drafts', 'flagged', 'junk', 'sent', 'trash'])

function toFolder({ text, literals }: ImapResponse): Folder[] {
  const [, given, name] = /^\* LIST \(([^)]*)\) (?:"(?:[^"\\]|\\.)*"|NIL) (.+)$/i.exec(text) ?? []
  if (given === undefined || name === undefined) return []
  const flags = given.toLowerCase().replaceAll('\\', '').split(' ')
  const plain = literals[0]?.toString() ?? name.replace(/^"(.*)"$/, '$1').replaceAll(/\\(.)/g, '$1')
  return [
    {
      name: readFolderName(plain),
      use: flags.find((flag) => USES.has(flag)) ?? null,
      isSelectable: !flags.includes('noselect') && !flags.includes('nonexistent'),
    },
  ]
}

async function capabilitiesOf(session: ImapSession): Promise<ReadonlySet<string>> {
  const said = await session.command('CAPABILITY')
  return new Set(said.flatMap(({ text }) => /^\* CAPABILITY (.*)$/i.exec(text)?.[1]?.toUpperCase().split(' ') ?? []))
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
  const offered = await capabilitiesOf(session)
  const secret = Buffer.from(`\0${username}\0${password}`).toString('base64')
  try {
    // RFC 4616 takes any characters; LOGIN only those that fit between quotes.
    if (offered.has('AUTH=PLAIN')) await session.answered('AUTHENTICATE PLAIN', secret)
    else await session.command(`LOGIN ${quoted(username)} ${quoted(password)}`)
  } catch (error) {
    if (!isInlayError(error) || error.code !== 'step.rejected') throw error
    throw new StepError('authentication', 'The mail server did not accept the credentials', {
      detail: 'Many providers want an app password, and that IMAP is switched on.',
      cause: error,
    })
  }
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
