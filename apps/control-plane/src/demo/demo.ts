/** The demo: a fictional vendor with customers, an owner, keys and two automations. */
import { randomBytes } from 'node:crypto'
import type { TenantId, TenantScope } from '@inlay/engine'
import type { ControlPlane } from '../compose.js'
import { bigOrders, morningReport } from './definitions.js'
import { starterTemplates } from './starters.js'
import { demoTemplates } from './templates.js'

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

export interface SeedOptions {
  /** The demo's third-party service, which the automations call. */
  readonly stubUrl: string
  /** Origins of the example pages that show the widget. */
  readonly allowedOrigins: readonly string[]
}

const EMAIL = 'owner@northwind.example'
const CUSTOMERS = [
  { externalId: 'acme-books', name: 'Acme Books' },
  { externalId: 'blue-bikes', name: 'Blue Bikes' },
  { externalId: 'corner-cafe', name: 'Corner Café' },
] as const

/**
 * Makes what is missing of the demo. Safe to call again: only what cannot be shown twice (password, API key, signing key)
 * is made anew.
 */
export async function seedDemo({ services }: ControlPlane, { stubUrl, allowedOrigins }: SeedOptions): Promise<Demo> {
  const { tenancy, identity } = services
  const portalPassword = randomBytes(9).toString('base64url')
  const scope = await ensureOwner(services, { password: portalPassword, allowedOrigins })
  const customerIds: string[] = []
  for (const customer of CUSTOMERS) customerIds.push(await tenancy.ensureCustomer(scope, customer))
  const { secret: apiKey } = await identity.createApiKey(scope, { name: 'Demo key', scopes: ['*'] })
  const { signingKey, privateKey } = await identity.createSigningKey(scope, { algorithm: 'EdDSA' })
  const customerId = customerIds[0] ?? ''
  await ensureTemplates(services, scope, stubUrl)
  return {
    tenantId: scope.tenantId,
    customerId,
    portalEmail: EMAIL,
    portalPassword,
    apiKey,
    embedSigningKey: privateKey ?? '',
    embedKeyId: signingKey.kid,
    webhookUrl: await ensureWorkflows(services, scope, { customerId, stubUrl }),
  }
}

type DemoServices = ControlPlane['services']

async function ensureOwner(
  { tenancy, identity }: DemoServices,
  { password, allowedOrigins }: { readonly password: string; readonly allowedOrigins: readonly string[] },
): Promise<TenantScope> {
  const [known] = await identity.findMemberships(EMAIL)
  if (known !== undefined) {
    const scope = { tenantId: known.tenantId }
    await identity.setPassword(scope, known.memberId, password)
    return scope
  }
  const slug = `northwind-${randomBytes(3).toString('hex')}`
  const tenantId: TenantId = await tenancy.createTenant({ name: 'Northwind Orders', slug, allowedOrigins })
  await identity.createMember({ tenantId }, { email: EMAIL, name: 'Demo owner', role: 'owner', password })
  return { tenantId }
}

async function ensureTemplates({ templates }: DemoServices, scope: TenantScope, stubUrl: string): Promise<void> {
  const known = await templates.list(scope, { limit: 1 })
  if (known.data.length > 0) return
  for (const template of [...demoTemplates(stubUrl), ...starterTemplates(stubUrl)])
    await templates.create(scope, template)
}

/** Answers the address of the webhook of the first automation. */
async function ensureWorkflows(
  { workflows }: DemoServices,
  scope: TenantScope,
  { customerId, stubUrl }: { readonly customerId: string; readonly stubUrl: string },
): Promise<string> {
  const page = await workflows.list(scope, { customerId, limit: 100 })
  const known = page.data.find(({ triggerType }) => triggerType === 'webhook')
  if (known !== undefined) return (await workflows.get(scope, known.id)).trigger.webhookUrl ?? ''
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
