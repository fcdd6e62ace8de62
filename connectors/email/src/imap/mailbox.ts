import { StepError } from '@inlay/sdk/connector'
import type { ImapSession } from './imap-session.js'
import type { ImapResponse } from './response-reader.js'
import { folderArgument } from './wire-text.js'

/** What the server knows of a message without reading it. */
export interface MessageFacts {
  readonly uid: number
  /** Bytes. */
  readonly size: number
  /** As `\Seen`, `\Flagged`. */
  readonly flags: readonly string[]
}

/** A message as it is (RFC 5322), or its headers alone. */
export interface FetchedMessage extends MessageFacts {
  readonly raw: Buffer
}

/** An opened mailbox: reading marks nothing in it as seen. */
export interface Mailbox {
  /** Changes when the server numbers its messages anew. */
  readonly uidValidity: number
  /** The number that the next message gets. */
  readonly uidNext: number
  /** Numbers of messages from one on, in order. */
  uidsFrom(uid: number): Promise<number[]>
  /** Numbers of messages that fit, in order. Criteria as in RFC 9051 section 6.4.4; bytes are texts in UTF-8. */
  search(criteria: readonly (string | Buffer)[]): Promise<number[]>
  /** Undefined when it is gone. */
  factsOf(uid: number): Promise<MessageFacts | undefined>
  /** Undefined when it is gone. */
  read(uid: number, part: 'all' | 'headers'): Promise<Buffer | undefined>
  /** Headers of several messages, in no particular order. */
  readHeaders(uids: readonly number[]): Promise<FetchedMessage[]>
  setFlag(uid: number, flag: string, isSet: boolean): Promise<void>
  /** Resolves to its number in the other folder; undefined when the server does not tell. */
  move(uid: number, folder: string): Promise<number | undefined>
  /** For good. */
  remove(uid: number): Promise<void>
}

/** Opens a mailbox. @throws StepError `rejected` when there is none of that name */
export async function openMailbox(
  session: ImapSession,
  name: string,
  { isWritable, capabilities }: { readonly isWritable: boolean; readonly capabilities: ReadonlySet<string> },
): Promise<Mailbox> {
  const said = await session.command(`${isWritable ? 'SELECT' : 'EXAMINE'} ${folderArgument(name)}`)
  const uidsFrom = async (uid: number): Promise<number[]> =>
    // `n:*` always holds the newest message, even one before `n` (RFC 9051 section 9, seq-range).
    (await search(session, [`UID ${uid}:*`])).filter((each) => each >= uid)
  const read = async (uids: string, items: string) => fetches(await session.command(`UID FETCH ${uids} (${items})`))
  return {
    uidValidity: numberIn(said, /\[UIDVALIDITY (\d+)\]/i) ?? 0,
    uidNext: numberIn(said, /\[UIDNEXT (\d+)\]/i) ?? ((await uidsFrom(1)).at(-1) ?? 0) + 1,
    uidsFrom,
    search: (criteria) => search(session, criteria),
    factsOf: async (uid) => {
      const [fetched] = await read(String(uid), 'UID FLAGS RFC822.SIZE')
      return fetched === undefined ? undefined : factsIn(fetched)
    },
    read: async (uid, part) => {
      const [fetched] = await read(String(uid), `BODY.PEEK[${part === 'all' ? '' : 'HEADER'}]`)
      return fetched?.literals[0]
    },
    readHeaders: async (uids) => {
      if (uids.length === 0) return []
      const found = await read(uids.join(','), 'UID FLAGS RFC822.SIZE BODY.PEEK[HEADER]')
      return found.map((each) => ({ ...factsIn(each), raw: each.literals[0] ?? Buffer.alloc(0) }))
    },
    setFlag: async (uid, flag, isSet) => {
      await session.command(`UID STORE ${uid} ${isSet ? '+' : '-'}FLAGS.SILENT (${flag})`)
    },
    move: (uid, folder) => move(session, { uid, folder, capabilities }),
    remove: (uid) => remove(session, uid, capabilities),
  }
}

async function search(session: ImapSession, criteria: readonly (string | Buffer)[]): Promise<number[]> {
  const charset = criteria.some((part) => typeof part !== 'string') ? 'CHARSET UTF-8 ' : ''
  const found = await session.command(`UID SEARCH ${charset}`, ...criteria)
  return found
    .flatMap(({ text }) => /^\* SEARCH((?: \d+)*)/i.exec(text)?.[1]?.trim().split(' ') ?? [])
    .map(Number)
    .filter((uid) => uid > 0)
    .sort((a, b) => a - b)
}

interface Moving {
  readonly uid: number
  readonly folder: string
  readonly capabilities: ReadonlySet<string>
}

async function move(session: ImapSession, { uid, folder, capabilities }: Moving): Promise<number | undefined> {
  const hasMove = capabilities.has('MOVE')
  const said = await session.command(`UID ${hasMove ? 'MOVE' : 'COPY'} ${uid} ${folderArgument(folder)}`)
  if (!hasMove) await remove(session, uid, capabilities)
  return numberIn(said, /\[COPYUID \d+ \d+ (\d+)\]/i)
}

async function remove(session: ImapSession, uid: number, capabilities: ReadonlySet<string>): Promise<void> {
  if (!capabilities.has('UIDPLUS')) {
    const others = (await search(session, ['DELETED'])).filter((each) => each !== uid)
    if (others.length > 0) {
      throw new StepError('rejected', 'The mail server cannot delete this message alone', {
        detail: 'Other messages of the folder are marked as deleted and would go too. Empty them in your mail program.',
      })
    }
  }
  await session.command(`UID STORE ${uid} +FLAGS.SILENT (\\Deleted)`)
  await session.command(capabilities.has('UIDPLUS') ? `UID EXPUNGE ${uid}` : 'EXPUNGE')
}

function numberIn(responses: readonly ImapResponse[], pattern: RegExp): number | undefined {
  const found = responses.map(({ text }) => pattern.exec(text)?.[1]).find((text) => text !== undefined)
  return found === undefined ? undefined : Number(found)
}

/** Servers tell of other things in between, such as messages that arrive, or of flags that somebody changed. */
function fetches(responses: readonly ImapResponse[]): ImapResponse[] {
  return responses.filter(({ text }) => /^\* \d+ FETCH /i.test(text) && /\b(?:RFC822\.SIZE|BODY\[)/i.test(text))
}

function factsIn({ text }: ImapResponse): MessageFacts {
  return {
    uid: Number(/\bUID (\d+)/i.exec(text)?.[1] ?? 0),
    size: Number(/RFC822\.SIZE (\d+)/i.exec(text)?.[1] ?? 0),
    flags:
      /\bFLAGS \(([^)]*)\)/i
        .exec(text)?.[1]
        ?.split(' ')
        .filter((flag) => flag !== '') ?? [],
  }
}
