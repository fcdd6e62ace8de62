/**
 * Seeds the demo: a fictional vendor with customers, an owner, keys and two automations. Run as a program it prints what
 * scripts need to drive the demo, as JSON. Keys cannot be shown twice, so the caller keeps what the first run printed.
 */
import { randomBytes } from 'node:crypto'
import type { TenantScope } from '@inlay/engine'
import { readConfig } from '@inlay/platform/config'
import { type ControlPlane, compose } from '../compose.js'
import { bigOrders, morningReport } from './definitions.js'

/** What the demo is driven with. */
export interface Demo {
  readonly tenantId: string
  readonly customerId: string
  readonly portalEmail: string
  readonly portalPassword: string
  readonly apiKey: string
  /** Private key, PKCS #8 PEM. */
  readonly embedSigningKey: string
  readonly embedKeyId: string
  readonly webhookUrl: string
}

const EMAIL = 'owner@northwind.example'

async function seed(plane: ControlPlane, stubUrl: string): Promise<Demo> {
  const { tenancy, identity } = plane.services
  const host = 'http://localhost:4500'
  const tenantId = await tenancy.createTenant({
    name: 'Northwind Orders',
    slug: `northwind-${randomBytes(3).toString('hex')}`,
    allowedOrigins: [host],
  })
  const scope: TenantScope = { tenantId }
  const portalPassword = randomBytes(9).toString('base64url')
  await identity.createMember(scope, { email: EMAIL, name: 'Demo owner', role: 'owner', password: portalPassword })
  const customer = await tenancy.createCustomer(scope, { externalId: 'acme-books', name: 'Acme Books' })
  await tenancy.createCustomer(scope, { externalId: 'blue-bikes', name: 'Blue Bikes' })
  await tenancy.createCustomer(scope, { externalId: 'corner-cafe', name: 'Corner Café' })
  const { secret: apiKey } = await identity.createApiKey(scope, { name: 'Demo key', scopes: ['*'] })
  const { signingKey, privateKey } = await identity.createSigningKey(scope, { algorithm: 'EdDSA' })
  const webhookUrl = await seedWorkflows(plane, scope, { customerId: customer.id, stubUrl })
  return {
    tenantId,
    customerId: customer.id,
    portalEmail: EMAIL,
    portalPassword,
    apiKey,
    embedSigningKey: privateKey ?? '',
    embedKeyId: signingKey.kid,
    webhookUrl,
  }
}

async function seedWorkflows(
  { services }: ControlPlane,
  scope: TenantScope,
  { customerId, stubUrl }: { customerId: string; stubUrl: string },
): Promise<string> {
  const { workflows } = services
  const report = await workflows.create(scope, {
    customerId,
    name: 'Morning report',
    definition: morningReport(stubUrl),
  })
  await workflows.publish(scope, report.id, { publishedBy: 'demo' })
  const orders = await workflows.create(scope, {
    customerId,
    name: 'Big orders to the sales chat',
    definition: bigOrders(stubUrl),
  })
  await workflows.publish(scope, orders.id, { publishedBy: 'demo' })
  return (await workflows.get(scope, orders.id)).trigger.webhookUrl ?? ''
}

const plane = await compose(readConfig(process.env))
const demo = await seed(plane, process.env['DEMO_STUB_URL'] ?? 'http://127.0.0.77:4499')
await plane.close()
process.stdout.write(`${JSON.stringify(demo)}\n`, () => process.exit(0))
