import type { CustomerId, TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Services } from '../api/services.js'
import { type ApiContext, createCallerFactory } from '../api/trpc.js'
import { EMBED_PERMISSIONS, MEMBER_PERMISSIONS } from '../identity/index.js'
import { createTestPlatform, type TestPlatform } from '../runs/test-platform.js'
import { acmeConnector, strange } from './connector/test-acme.js'
import { triggersRouter } from './router.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const ownConnector = { ...acmeConnector, connection: 'none' as const, auth: [] }

describe.skipIf(serverUrl === undefined)('procedures of triggers', () => {
  let platform: TestPlatform
  let scope: { tenantId: TenantId; customerId: CustomerId }

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', connectors: [ownConnector] })
    scope = await platform.addTenant()
  })

  afterAll(() => platform?.close())

  function call(caller: ApiContext['caller']) {
    const { workflows, reception } = platform
    const context: ApiContext = {
      // These procedures use no others.
      services: { workflows, ...reception.services } as Services,
      caller,
      hasCredentials: true,
      requestId: 'req_1',
      baseUrl: 'https://automation.example.com',
      setSessionToken: () => {},
      sessionToken: undefined,
      pageOrigin: undefined,
      remoteAddress: '192.0.2.1',
      idempotencyKey: undefined,
    }
    return createCallerFactory(triggersRouter)(context)
  }

  function asMember() {
    const { tenantId } = scope
    const by = { actor: { kind: 'member', id: 'mem_kim' } } as const
    const member = { id: 'mem_kim', email: 'kim@vendor.test', name: 'Kim', role: 'owner' } as const
    const permissions = MEMBER_PERMISSIONS.owner
    return call({ kind: 'member', id: member.id, member, scope: { tenantId, by }, permissions })
  }

  function asEndUser(within = scope) {
    const endUser = { sub: 'u1', name: null, role: 'admin' } as const
    return call({ kind: 'embed', id: 'u1', scope: within, permissions: EMBED_PERMISSIONS.admin, endUser })
  }

  it('set up and replace the address of an app, for those who may configure connectors', async () => {
    const settings = { appId: 'app-1', signingSecret: 'test-signing-secret' }
    const set = await asMember().setAppEndpoint({ connector: 'acme', settings })
    expect(set).toMatchObject({ connector: 'acme', settings: { appId: 'app-1' }, help: null })
    expect(set.url).toMatch(/^http:\/\/plane\.test\/hooks\/app\/[\w-]{43}$/)
    expect(await asMember().appEndpoint({ connector: 'acme' })).toEqual(set)
    expect((await asMember().rotateAppEndpoint({ connector: 'acme' })).url).not.toBe(set.url)
    await expect(asEndUser().appEndpoint({ connector: 'acme' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const { data } = await platform.audit.list({ tenantId: scope.tenantId }, { limit: 10 })
    expect(data.map(({ action, actor }) => [action, actor.id])).toEqual(
      expect.arrayContaining([
        ['app_events.set', 'mem_kim'],
        ['app_events.rotated', 'mem_kim'],
      ]),
    )
  })

  it('give a sample of the draft, or of an unsaved one, to those who see the workflow', async () => {
    strange.poll = async () => ({ items: [{ id: '1', data: { name: 'newest' } }], cursor: 1 })
    const trigger = { type: 'connector', connector: 'acme', trigger: 'strange', input: {} }
    const definition = { schema: 'inlay/workflow@1', name: 'Draft', trigger, steps: [] }
    const { customerId } = scope
    const { id } = await platform.workflows.create(scope, { customerId, name: 'Draft', definition })
    expect(await asEndUser().sample({ id })).toEqual({ source: 'service', data: { name: 'newest' }, detail: null })
    const unsaved = { ...definition, trigger: { ...trigger, trigger: 'hook' }, steps: [{ half: 'a step' }] }
    expect(await asEndUser().sample({ id, definition: unsaved })).toMatchObject({ source: 'sample' })
    const stranger = { tenantId: scope.tenantId, customerId: await platform.addCustomer(scope.tenantId) }
    await expect(asEndUser(stranger).sample({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
