import {
  createTestFiles,
  deliverWebhook,
  describeConnectorContract,
  registerTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
  unregisterTrigger,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connector } from './index.js'
import { sampleMessage } from './telegram-api.js'

let stub: StubServer
let answers: Record<string, StubAnswer>

beforeAll(async () => {
  stub = await startStubServer(
    ({ url }) => answers[url] ?? { status: 404, json: { ok: false, error_code: 404, description: 'Not Found' } },
  )
})
afterAll(() => stub.close())

const ok = (result: unknown): StubAnswer => ({ json: { ok: true, result: result as never } })
beforeEach(() => {
  answers = {
    '/bot7:test/getMe': ok({ id: 7, is_bot: true, first_name: 'Shop', username: 'shop_bot' }),
    '/bot7:test/sendMessage': ok({ ...sampleMessage, from: { id: 7, is_bot: true, first_name: 'Shop' } }),
    '/bot7:test/sendDocument': ok(sampleMessage),
    '/bot7:test/editMessageText': ok(sampleMessage),
    '/bot7:test/deleteMessage': ok(true),
    '/bot7:test/answerCallbackQuery': ok(true),
    '/bot7:test/getChat': ok({ ...sampleMessage.chat, accent_color_id: 1 }),
    '/bot7:test/getFile': ok({ file_id: 'f', file_unique_id: 'u', file_path: 'photos/file 0.jpg' }),
    '/file/bot7:test/photos/file%200.jpg': { text: 'jpeg', headers: { 'content-type': 'image/jpeg' } },
    '/bot7:test/setWebhook': ok(true),
    '/bot7:test/deleteWebhook': ok(true),
  }
})

const auth = { kind: 'apiKey' as const, apiKey: '7:test', fields: {} }
const run = (action: string, input: object, more: object = {}) =>
  runAction(connector, action, { input, auth, baseUrl: stub.url, ...more })
const sent = () => JSON.parse(stub.requests.at(-1)?.body ?? '')

describe('telegram', () => {
  it('sends a message with buttons, the token in the path', async () => {
    const buttons = [
      { text: 'Open', url: 'https://shop.test/' },
      { text: 'Yes', data: 'y' },
    ]
    expect(await run('sendMessage', { chat: 1001, text: 'Hi', format: 'HTML', buttons })).toMatchObject({
      message_id: 42,
    })
    expect(sent()).toEqual({
      chat_id: 1001,
      text: 'Hi',
      parse_mode: 'HTML',
      disable_notification: false,
      reply_markup: {
        inline_keyboard: [[{ text: 'Open', url: 'https://shop.test/' }], [{ text: 'Yes', callback_data: 'y' }]],
      },
    })
  })

  it('sends and fetches files', async () => {
    const files = createTestFiles()
    const file = await files.write({ name: 'a.pdf', contentType: 'application/pdf', bytes: Buffer.from('PDF!') })
    await run('sendFile', { chat: '@shop', file, caption: 'Invoice' }, { files })
    expect(stub.requests.at(-1)?.body).toMatch(/name="chat_id"\r\n\r\n@shop[\s\S]*filename="a.pdf"[\s\S]*PDF!/)
    expect(await run('getFile', { fileId: 'f' }, { files })).toMatchObject({
      file: { name: 'file 0.jpg', contentType: 'image/jpeg', size: 4 },
    })
    answers['/bot7:test/getFile'] = ok({ file_id: 'f', file_unique_id: 'u' })
    await expect(run('getFile', { fileId: 'f' })).rejects.toMatchObject({ kind: 'limit' })
  })

  it.each([
    ['editMessage', { chat: 1, message: 42, text: 'New' }, { chat_id: 1, message_id: 42, text: 'New' }],
    ['deleteMessage', { chat: 1, message: 42 }, { chat_id: 1, message_id: 42 }],
    ['answerCallback', { callback: 'c', text: 'ok' }, { callback_query_id: 'c', text: 'ok', show_alert: false }],
    ['getChat', { chat: '@shop' }, { chat_id: '@shop' }],
  ])('%s', async (action, input, body) => {
    await run(action, input)
    expect(sent()).toEqual(body)
  })

  it.each<[number, object, object]>([
    [401, { description: 'Unauthorized' }, { kind: 'authentication' }],
    [
      403,
      { description: 'Forbidden: bot was blocked by the user' },
      { kind: 'authorization', detail: expect.stringContaining('blocked') },
    ],
    [
      429,
      { description: 'Too Many Requests', parameters: { retry_after: 5 } },
      { kind: 'rate_limited', retryAfterMs: 5000 },
    ],
    [
      400,
      { description: 'Bad Request', parameters: { migrate_to_chat_id: -9 } },
      { kind: 'rejected', detail: expect.stringContaining('-9') },
    ],
  ])('understands %i', async (status, more, error) => {
    answers['/bot7:test/getChat'] = { status, json: { ok: false, error_code: status, ...more } }
    await expect(run('getChat', { chat: 1 })).rejects.toMatchObject(error)
  })

  it('tests the token, and knows an unknown one', async () => {
    await testConnection(connector, { auth, baseUrl: stub.url })
    const other = { ...auth, apiKey: '8:other' }
    await expect(testConnection(connector, { auth: other, baseUrl: stub.url })).rejects.toMatchObject({
      kind: 'authentication',
    })
  })

  const input = { kinds: ['message' as const, 'callback_query' as const], commands: ['/order'] }

  it('registers the one webhook of the bot, and removes no other workflow’s', async () => {
    const options = { input, auth, baseUrl: stub.url }
    const registered = await registerTrigger(connector, 'newUpdate', options)
    expect(sent()).toEqual({
      url: registered.webhookUrl,
      secret_token: registered.secret,
      allowed_updates: input.kinds,
    })
    const methods = () => stub.requests.map(({ url }) => url)
    answers['/bot7:test/getWebhookInfo'] = ok({ url: 'https://others.test/' })
    await unregisterTrigger(connector, 'newUpdate', { ...options, ...registered })
    expect(methods()).not.toContain('/bot7:test/deleteWebhook')
    answers['/bot7:test/getWebhookInfo'] = ok({ url: registered.webhookUrl })
    await unregisterTrigger(connector, 'newUpdate', { ...options, ...registered })
    expect(methods()).toContain('/bot7:test/deleteWebhook')
  })

  it('takes what carries the secret, and only what was asked for', async () => {
    const deliver = (json: object, token = 'test-secret') =>
      deliverWebhook(connector, 'newUpdate', {
        input,
        request: { json: json as never, headers: { 'X-Telegram-Bot-Api-Secret-Token': token } },
      })
    const update = {
      update_id: 9,
      message: { message_id: 1, chat: { id: 5, type: 'private' }, text: '/order@shop_bot 7' },
    }
    expect(await deliver(update)).toEqual({
      kind: 'items',
      items: [{ id: '9', data: { kind: 'message', chatId: 5, text: '/order@shop_bot 7', update } }],
    })
    const pressed = { update_id: 10, callback_query: { id: 'c', data: '/order 8', message: { chat: { id: 5 } } } }
    expect(await deliver(pressed)).toMatchObject({ items: [{ data: { chatId: 5, text: '/order 8' } }] })
    expect(await deliver({ ...update, message: { ...update.message, text: 'hello' } })).toEqual({
      kind: 'items',
      items: [],
    })
    expect(await deliver({ update_id: 11, poll: {} })).toEqual({ kind: 'items', items: [] })
    expect(await deliver(update, 'wrong')).toEqual({ kind: 'refused' })
  })
})

describeConnectorContract(connector, { describe, it, expect })
