import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { signEmbedToken } from '@inlay/sdk/embed'
import { serveConnector, toNodeHandler } from '@inlay/sdk/serve'
import express, { type Express, type RequestHandler } from 'express'
import type { Automation } from './automation.js'
import { createLarkfieldConnector } from './larkfield-connector.js'
import type { Options } from './options.js'
import type { Orders } from './orders.js'

const pages = fileURLToPath(new URL('../dist-web', import.meta.url))

/** The person who is signed in. A real product knows this from its session. */
const USER = { id: 'u-17', name: 'Kim Lee', email: 'kim@acme-books.example' } as const

/** What the product is made of. */
interface Parts {
  readonly orders: Orders
  readonly automation: Automation
}

/** The product: its pages and orders, the route that the builder needs, and the one that the control plane calls. */
export function createApp(options: Options, { orders, automation }: Parts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use(contentPolicy(options.baseUrl))
  app.post('/api/inlay-token', tokenRoute(options))
  const served = serveConnector(createLarkfieldConnector(orders), { secret: options.connectorSecret })
  app.post('/inlay/connector', toNodeHandler(served))
  app.get('/api/orders', (_request, response) => response.json(orders.list()))
  app.post('/api/orders', placeOrder({ orders, automation }))
  app.get('/api/config', (_request, response) => {
    response.json({ baseUrl: options.baseUrl, user: USER, company: options.customer.name })
  })
  app.get(['/frame.html', '/elements.html'], ({ path }, response) => {
    const html = readFileSync(pages + path, 'utf8')
    response.type('html').send(html.replaceAll('%INLAY_BASE_URL%', options.baseUrl))
  })
  app.use(express.static(pages))
  app.get(['/automations', '/automations/{*rest}', '/widgets/{*rest}'], (_request, response) =>
    response.sendFile(`${pages}/index.html`),
  )
  return app
}

/** An order comes in; automations that wait for one begin. */
function placeOrder({ orders, automation }: Parts): RequestHandler {
  return async (_request, response) => {
    const order = orders.place({ customer: 'Noor Haddad', total: 420 })
    await automation.orderPlaced(order)
    response.status(201).json(order)
  }
}

/** Signs a token for the person and company of this request. No call to the control plane is made. */
function tokenRoute({ signingKey, keyId, tenantId, baseUrl, customer }: Options): RequestHandler {
  return async (_request, response) => {
    const token = await signEmbedToken({
      signingKey,
      keyId,
      tenantId,
      audience: baseUrl,
      user: { sub: USER.id, name: USER.name },
      customer,
      role: 'admin',
    })
    response.setHeader('cache-control', 'no-store')
    response.type('text').send(token)
  }
}

/** As strict as products set it: no inline scripts, no inline styles, no eval. The builder lives with that. */
function contentPolicy(baseUrl: string): RequestHandler {
  const socket = baseUrl.replace(/^http/, 'ws')
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${baseUrl}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${baseUrl} ${socket}`,
    `frame-src ${baseUrl}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
  return (_request, response, next) => {
    response.setHeader('content-security-policy', policy)
    response.setHeader('referrer-policy', 'strict-origin-when-cross-origin')
    next()
  }
}
