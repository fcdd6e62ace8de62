import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { FileRef, JsonValue } from '@inlay/sdk/connector'
import { createTestFiles, loadOptions, pollTrigger, runAction } from '@inlay/sdk/testing'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { withAccount } from './imap/account.js'
import { connector } from './index.js'

/** A mail server for tests, started and stopped by each. */
interface MailServer {
  readonly port: number
  stop(): Promise<void>
}
interface Hoodiecrow {
  readonly server: Server
  listen(port: number, done: () => void): void
  close(done: () => void): void
}

const USER = 'kim@example.com'
const PASSWORD = 'test-key'
/** A TCP server's address has this shape. */
const portOf = (server: Server): number => (server.address() as AddressInfo).port

async function startHoodiecrow(plugins: readonly string[]): Promise<MailServer> {
  // It brings no types.
  const hoodiecrow = createRequire(import.meta.url)('hoodiecrow-imap') as (options: object) => Hoodiecrow
  const storage = {
    INBOX: {},
    '': { folders: { Archive: {}, Drafts: { 'special-use': '\\Drafts' }, '&ANw-ber&-uns': {} } },
  }
  const server = hoodiecrow({ plugins, storage, users: { [USER]: { password: PASSWORD } } })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  return { port: portOf(server.server), stop: () => new Promise((resolve) => void server.close(resolve)) }
}

const hasDovecot = spawnSync('dovecot', ['--version']).error === undefined

async function startDovecot(): Promise<MailServer> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const port = portOf(probe)
  probe.close()
  await once(probe, 'close')
  const directory = mkdtempSync(join(tmpdir(), 'inlay-dovecot-'))
  const mail = join(directory, 'mail')
  mkdirSync(mail)
  // Its processes for mail refuse to be root: as root, they are given another user, who has to get in here.
  const isRoot = process.getuid?.() === 0
  chmodSync(directory, 0o755)
  chmodSync(mail, 0o777)
  const { username, uid, gid } = userInfo()
  const group = spawnSync('id', ['-gn'], { encoding: 'utf8' }).stdout.trim()
  const own = `default_internal_user = ${username}\ndefault_login_user = ${username}\ndefault_internal_group = ${group}`
  const folders = { Archive: '', 'Über&uns': '', Drafts: 'special_use = \\Drafts' }
  const mailboxes = Object.entries(folders).map(([name, use]) => `mailbox "${name}" {\nauto = create\n${use}\n}`)
  const conf = `
    protocols = imap
    base_dir = ${join(directory, 'run')}
    state_dir = ${join(directory, 'run')}
    log_path = /dev/null
    listen = 127.0.0.1
    ssl = no
    disable_plaintext_auth = no
    auth_mechanisms = plain
    mail_location = maildir:~/Maildir
    first_valid_uid = 1
    ${isRoot ? '' : own}
    passdb {
      driver = static
      args = password=${PASSWORD}
    }
    userdb {
      driver = static
      args = uid=${isRoot ? 65_534 : uid} gid=${isRoot ? 65_534 : gid} home=${mail}/%u
    }
    namespace inbox {
      inbox = yes
      ${mailboxes.join('\n')}
    }
    service imap-login {
      ${isRoot ? '' : 'chroot ='}
      inet_listener imap {
        port = ${port}
      }
      inet_listener imaps {
        port = 0
      }
    }
    ${isRoot ? '' : 'service anvil {\nchroot =\n}'}`
  const file = join(directory, 'dovecot.conf')
  writeFileSync(file, conf.replaceAll(/^ +/gm, ''))
  const server: ChildProcess = spawn('dovecot', ['-F', '-c', file], { stdio: 'ignore' })
  await vi.waitFor(() => greeted(port), { timeout: 30_000, interval: 100 })
  return {
    port,
    stop: async () => {
      const exited = once(server, 'exit')
      server.kill('SIGTERM')
      await exited
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function greeted(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => resolve(void socket.destroy()))
    socket.once('error', reject)
  })
}

const BASIC = ['AUTH-PLAIN', 'SPECIAL-USE']
const servers: readonly (readonly [name: string, start: () => Promise<MailServer>, isMissing: boolean])[] = [
  ['hoodiecrow with few extensions', () => startHoodiecrow(BASIC), false],
  ['hoodiecrow with MOVE and UIDPLUS', () => startHoodiecrow([...BASIC, 'MOVE', 'UIDPLUS']), false],
  [hasDovecot ? 'Dovecot' : 'Dovecot, skipped: not on this machine', startDovecot, !hasDovecot],
]

const sent: { readonly to: readonly string[]; readonly raw: string }[] = []
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  allowInsecureAuth: true,
  onAuth: (_auth, _session, done) => done(null, { user: 'u' }),
  onData: (stream, session, done) => {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => {
      sent.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(parts).toString() })
      done()
    })
  },
})
beforeAll(() => new Promise<void>((resolve) => void smtp.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise<void>((resolve) => void smtp.close(resolve)))

const mail = (id: string, subject: string, more: readonly string[] = []) =>
  [
    'From: Ada Example <ada@example.com>',
    `To: Kim <${USER}>, ben@example.com`,
    `Subject: ${subject}`,
    `Message-ID: <${id}@example.com>`,
    'Date: Mon, 4 May 2026 11:30:00 +0200',
    ...more,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '--x',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Hello from ${id}`,
    '--x',
    'Content-Type: text/csv; name="orders.csv"',
    'Content-Disposition: attachment; filename="orders.csv"',
    '',
    'id',
    '--x--',
    '',
  ].join('\r\n')

describe.each(servers)('mail in folders of %s', (_name, start, isMissing) => {
  let server: MailServer
  const auth = () => ({
    kind: 'basic' as const,
    username: USER,
    password: PASSWORD,
    fields: {
      host: '127.0.0.1',
      port: portOf(smtp.server),
      secure: 'none',
      imapHost: '127.0.0.1',
      imapPort: server.port,
      imapSecure: 'none',
    },
  })
  const files = createTestFiles()
  const run = (action: string, input: object) => runAction(connector, action, { input, auth: auth(), files })
  /** Results of these actions are objects. */
  const search = async (input: object = {}) =>
    (await run('searchMails', input)) as { mails: { id: string; subject: string; isSeen: boolean }[]; total: number }
  const idOf = async (subject: string, mailbox = 'INBOX') => {
    const found = (await search({ mailbox })).mails.find((each) => each.subject === subject)
    return found?.id ?? expect.unreachable(`no message "${subject}"`)
  }
  const append = (raw: string, flags: readonly string[] = []) =>
    withAccount(
      {
        auth: auth(),
        signal: new AbortController().signal,
        net: {
          connect: async ({ port, host }) => {
            const socket = connect(port, host)
            await once(socket, 'connect')
            return socket
          },
        },
      },
      (account) => account.append('INBOX', Buffer.from(raw), flags),
    )

  beforeAll(async () => {
    if (!isMissing) server = await start()
  })
  afterAll(async () => {
    if (!isMissing) await server.stop()
  })

  it.skipIf(isMissing)('tells of new mail, and only of unread when that is wanted', async () => {
    const poll = (input: object, cursor?: JsonValue) =>
      pollTrigger(connector, 'newMail', { input, auth: auth(), files, ...(cursor === undefined ? {} : { cursor }) })
    const { cursor } = await poll({})
    await append(mail('a', 'First'))
    await append(mail('b', '=?utf-8?q?Gr=C3=BC=C3=9Fe?='), ['\\Seen'])
    const all = await poll({}, cursor)
    expect(all.items).toMatchObject([
      { data: { subject: 'First', isSeen: false, text: expect.stringContaining('from a') } },
      { data: { subject: 'Grüße', isSeen: true, attachments: [{ name: 'orders.csv' }] } },
    ])
    expect(all.items.map(({ id, data }) => (data as { id: string }).id === id)).toEqual([true, true])
    expect((await poll({ isUnread: true }, cursor)).items).toHaveLength(1)
    expect((await poll({}, all.cursor)).items).toEqual([])
  })

  it.skipIf(isMissing)('lists and offers folders by the names that people read', async () => {
    const { folders } = (await run('listFolders', {})) as { folders: { name: string; use: string | null }[] }
    expect(folders).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'Über&uns', use: null }),
        expect.objectContaining({ name: 'Drafts', use: 'drafts' }),
      ]),
    )
    const { options } = await loadOptions(connector, { of: 'searchMails', field: 'mailbox', auth: auth() })
    expect(options.map(({ value }) => value)).toEqual(expect.arrayContaining(['INBOX', 'Archive', 'Über&uns']))
  })

  it.skipIf(isMissing)('searches, newest first', async () => {
    expect(await search({ maxMails: 1 })).toMatchObject({ mails: [{ subject: 'Grüße' }], total: 2 })
    const subjects = async (input: object) => (await search(input)).mails.map(({ subject }) => subject)
    expect(await subjects({ isUnread: true })).toEqual(['First'])
    expect(await subjects({ from: 'ada@', subject: 'first', since: '2020-01-01' })).toEqual(['First'])
    expect(await subjects({ to: 'nobody@' })).toEqual([])
    expect(await subjects({ before: '2020-01-01' })).toEqual([])
    expect(await subjects({ text: 'from "b' })).toEqual([])
  })

  it.skipIf(isMissing || _name.startsWith('hoodiecrow'))('searches for more than ASCII', async () => {
    expect(await search({ subject: 'grüße' })).toMatchObject({ mails: [{ subject: 'Grüße' }] })
  })

  it.skipIf(isMissing)('reads a message with its attachments, and leaves it unread', async () => {
    const id = await idOf('First')
    const got = (await run('getMail', { id })) as { text: string; attachments: FileRef[]; isSeen: boolean }
    expect(got).toMatchObject({ text: expect.stringContaining('Hello from a'), isSeen: false })
    const [file] = got.attachments
    expect(String(Buffer.from(await files.read(file ?? expect.unreachable())))).toContain('id')
    expect((await search({ isUnread: true })).total).toBe(1)
  })

  it.skipIf(isMissing)('marks messages', async () => {
    const id = await idOf('First')
    for (const as of ['read', 'flagged']) await run('markMail', { id, as })
    expect(await search({ isFlagged: true })).toMatchObject({ mails: [{ isSeen: true, isFlagged: true }] })
    for (const as of ['unread', 'unflagged']) await run('markMail', { id, as })
    expect(await search({ isUnread: true })).toMatchObject({ mails: [{ isSeen: false, isFlagged: false }], total: 1 })
  })

  it.skipIf(isMissing)('answers in the thread, and to all when that is wanted', async () => {
    await append(mail('c', 'Question', ['References: <0@example.com>', 'Reply-To: desk@example.com']))
    const id = await idOf('Question')
    const from = `Kim <${USER}>`
    await run('reply', { id, from, text: 'Yes', isToAll: true })
    const answer = sent.at(-1)
    expect(answer?.to).toEqual(['desk@example.com', 'ben@example.com'])
    expect(await PostalMime.parse(answer?.raw ?? '')).toMatchObject({
      subject: 'Re: Question',
      inReplyTo: '<c@example.com>',
      references: '<0@example.com> <c@example.com>',
      text: expect.stringContaining('Yes'),
    })
    await run('reply', { id: await idOf('First'), from, text: 'No' })
    expect(sent.at(-1)?.to).toEqual(['ada@example.com'])
  })

  it.skipIf(isMissing)('forwards a message as it is, with files of its own', async () => {
    const file = await files.write({ name: 'note.txt', contentType: 'text/plain', bytes: Buffer.from('note') })
    const input = { id: await idOf('Question'), from: USER, to: 'ben@example.com', text: 'See', attachments: [file] }
    await run('forward', input)
    const raw = sent.at(-1)?.raw ?? ''
    // RFC 2046 section 5.2.1 allows no encoding of a message in a message.
    expect(raw).toMatch(/content-type: message\/rfc822[\s\S]*?content-transfer-encoding: (?:7bit|8bit)/i)
    expect(raw).toContain('Message-ID: <c@example.com>')
    const forwarded = await PostalMime.parse(raw, { forceRfc822Attachments: true })
    expect(forwarded).toMatchObject({ subject: 'Fwd: Question' })
    expect(forwarded.attachments.map(({ filename }) => filename)).toEqual(['message.eml', 'note.txt'])
  })

  it.skipIf(isMissing)('puts drafts where the server keeps them', async () => {
    const made = await run('createDraft', { from: USER, to: 'ada@example.com', subject: 'Entwürfe', text: 'Dear Ada' })
    expect(made).toMatchObject({ mailbox: 'Drafts' })
    const id = await idOf('Entwürfe', 'Drafts')
    expect(await run('getMail', { mailbox: 'Drafts', id })).toMatchObject({ text: expect.stringContaining('Dear Ada') })
  })

  it.skipIf(isMissing)('moves and deletes one message alone', async () => {
    const id = await idOf('Question')
    await run('moveMail', { id, to: 'Über&uns' })
    expect(await idOf('Question', 'Über&uns')).toBeDefined()
    await expect(run('getMail', { id })).rejects.toMatchObject({ kind: 'rejected' })
    await expect(run('moveMail', { id, to: 'Archive' })).rejects.toMatchObject({ kind: 'rejected' })
    await expect(run('moveMail', { id: await idOf('First'), to: 'Nowhere' })).rejects.toMatchObject({
      kind: 'rejected',
    })
    const first = await idOf('First')
    expect(await run('deleteMail', { id: first })).toEqual({ wasThere: true })
    expect(await run('deleteMail', { id: first })).toEqual({ wasThere: false })
    expect((await search()).mails.map(({ subject }) => subject)).toEqual(['Grüße'])
    await expect(run('getMail', { id: '999999:1' })).rejects.toMatchObject({ kind: 'rejected' })
  })
})
