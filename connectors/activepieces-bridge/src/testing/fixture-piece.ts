import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PieceReference } from '../host/piece-package.js'

/** A piece written for a test, as npm would have installed it. */
export interface FixturePiece {
  readonly folder: string
  readonly reference: PieceReference
}

/** @param source of a CommonJS module that exports the piece */
export function installFixturePiece(source: string): FixturePiece {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'inlay-fixture-piece-')))
  const reference = { name: '@fixture/piece-tricky', version: '1.0.0', integrity: 'sha512-fixture' }
  const place = join(folder, 'node_modules', reference.name)
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'package.json'), JSON.stringify({ ...reference, main: 'index.js' }))
  writeFileSync(join(place, 'index.js'), source)
  const { version, integrity } = reference
  const lock = { packages: { [`node_modules/${reference.name}`]: { version, integrity } } }
  writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify(lock))
  return { folder, reference }
}

/** A piece of the second generation whose triggers hear of events of the whole app, or try to. */
export const APP_PIECE = `
const { createHmac } = require('node:crypto')
const sign = (secret, text) => createHmac('sha256', secret).update(text).digest('hex')
const told = (name, identify, rest) => ({
  name, displayName: name, description: '', type: 'APP_WEBHOOK', props: {}, sampleData: { n: 1 },
  handshakeConfiguration: { strategy: 'NONE' },
  onEnable: async (context) => context.app.createListeners({ events: [name], identifierValue: await identify(context) }),
  run: async ({ payload, auth, propsValue }) => payload.body.total < (propsValue.least ?? 0) ? [] : [{ ...payload.body, by: auth?.access_token }],
  ...rest,
})
exports.app = {
  displayName: 'Shop', description: 'Tells of orders.', categories: ['COMMERCE'],
  getContextInfo: () => ({ version: '2' }),
  auth: { type: 'OAUTH2', displayName: 'Connection', required: true, authUrl: 'https://shop.example/authorize', tokenUrl: 'https://shop.example/token', scope: ['orders'] },
  events: {
    verify: ({ payload, webhookSecret, appWebhookUrl }) => payload.headers['x-signature'].toLowerCase() === sign(webhookSecret, appWebhookUrl + payload.rawBody),
    parseAndReply: ({ payload: { body } }) => body.challenge ? { reply: { headers: { 'Content-Type': 'text/plain' }, body: body.challenge } } : { event: body.type, identifierValue: body.shop.id },
  },
  _actions: {}, _triggers: {}, actions: () => ({}),
  triggers: () => ({
    ordered: told('ordered', ({ auth }) => auth.data.shop?.id ?? auth.data.shop_id, { props: { least: { type: 'NUMBER', displayName: 'At least', required: false } } }),
    everyone: told('everyone', () => 'all'),
    asked: told('asked', async () => (await fetch('https://shop.example/me')).text()),
    chosen: told('chosen', ({ propsValue }) => propsValue.shop),
    written: told('written', ({ auth }) => auth.props.shop),
    signed: told('signed', ({ auth }) => auth.access_token),
    kept: told('kept', async ({ auth, store }) => { await store.put('k', 1); return auth.data.shop.id }),
  }),
}
`

/** A piece of the second generation whose action runs the code that it is given. */
export const TRICKY_PIECE = `
let calls = 0
const AsyncFunction = (async () => {}).constructor
const text = (name) => ({ type: 'LONG_TEXT', displayName: name, required: true })
const member = (name, rest) => ({ name, displayName: name, description: '', requireAuth: false, ...rest })
const load = (specifier) => import(specifier)
exports.tricky = {
  displayName: 'Tricky', description: 'Tries things.', categories: ['CORE'], auth: undefined,
  getContextInfo: () => ({ version: '2' }),
  _actions: {}, _triggers: {},
  actions: () => ({
    evaluate: member('evaluate', {
      props: { code: text('Code'), file: { type: 'FILE', displayName: 'File', required: false } },
      run: (context) => new AsyncFunction('context', 'require', 'load', 'calls', context.propsValue.code)(context, require, load, ++calls),
    }),
    embedded: member('embedded', { props: { form: { type: 'CUSTOM', displayName: 'Form', required: true } }, run: async () => ({}) }),
  }),
  triggers: () => ({
    asked: member('asked', {
      type: 'POLLING', props: {}, sampleData: { n: 1 }, handshakeConfiguration: { strategy: 'NONE' },
      onEnable: async ({ store }) => { await store.put('lastPoll', 1000) },
      run: async ({ store }) => {
        const since = await store.get('lastPoll')
        const { items } = await (await fetch('https://service.example/items')).json()
        await store.put('lastPoll', Math.max(since, ...items.map(({ at }) => at)))
        return items.filter(({ at }) => at > since)
      },
    }),
    told: member('told', { type: 'APP_WEBHOOK', props: {}, handshakeConfiguration: { strategy: 'NONE' } }),
    greeted: member('greeted', { type: 'WEBHOOK', props: {}, handshakeConfiguration: { strategy: 'BODY_PARAM_PRESENT' } }),
    renewed: member('renewed', {
      type: 'WEBHOOK', props: {}, handshakeConfiguration: { strategy: 'NONE' },
      renewConfiguration: { strategy: 'CRON', cronExpression: '0 */12 * * *' },
      onEnable: async ({ store, webhookUrl }) => { await store.put('address', webhookUrl) },
      onRenew: async ({ store }) => { await store.put('renewals', ((await store.get('renewals')) ?? 0) + 1) },
      onDisable: async ({ store }) => { await store.delete('address') },
      run: async ({ payload, store }) => payload.body.lookUp ? (await (await fetch('https://service.example/items')).json()).items : [{ said: payload.body, raw: payload.rawBody, address: await store.get('address') }],
    }),
  }),
}
`
