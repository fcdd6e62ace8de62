import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** What the example needs to know. */
export interface Options {
  readonly port: number
  /** The control plane. */
  readonly baseUrl: string
  readonly tenantId: string
  readonly signingKey: string
  readonly keyId: string
  /** An API key of the tenant; it stays on the server. */
  readonly apiKey: string
  /** Where the control plane reaches this product's own connector. */
  readonly connectorUrl: string
  /** What both sides sign with. */
  readonly connectorSecret: string
  /** The signed-in person's company, as this product knows it. */
  readonly customer: { readonly externalId: string; readonly name: string }
}

interface DemoFile {
  readonly baseUrl?: string
  readonly tenantId?: string
  readonly embedSigningKey?: string
  readonly embedKeyId?: string
  readonly apiKey?: string
  readonly stubUrl?: string
}

/**
 * Reads the variables `INLAY_BASE_URL`, `INLAY_TENANT_ID`, `INLAY_SIGNING_KEY`, `INLAY_KEY_ID` and `INLAY_API_KEY`; what
 * is not set comes from the file that `pnpm start` writes (`INLAY_DEMO_FILE`, by default `.inlay/demo.json`).
 * `CONNECTOR_URL` is where the control plane reaches this product, `CONNECTOR_SECRET` what both sign with.
 *
 * @throws Error that names the variable that is missing
 */
export function readOptions(env: NodeJS.ProcessEnv): Options {
  const demo = readDemoFile(env['INLAY_DEMO_FILE'] ?? '.inlay/demo.json')
  const port = Number(env['PORT'] ?? 4500)
  return {
    port,
    baseUrl: need('INLAY_BASE_URL', env['INLAY_BASE_URL'] ?? demo.baseUrl).replace(/\/$/, ''),
    tenantId: need('INLAY_TENANT_ID', env['INLAY_TENANT_ID'] ?? demo.tenantId),
    signingKey: need('INLAY_SIGNING_KEY', env['INLAY_SIGNING_KEY'] ?? demo.embedSigningKey),
    keyId: need('INLAY_KEY_ID', env['INLAY_KEY_ID'] ?? demo.embedKeyId),
    apiKey: need('INLAY_API_KEY', env['INLAY_API_KEY'] ?? demo.apiKey),
    connectorUrl: env['CONNECTOR_URL'] ?? `http://${reachableHost(demo)}:${port}/inlay/connector`,
    // A new one for each start will do: registering tells the control plane.
    connectorSecret: env['CONNECTOR_SECRET'] ?? randomBytes(32).toString('base64url'),
    customer: { externalId: 'acme-books', name: 'Acme Books' },
  }
}

/** The demo may call its own stub's address and no other of this machine. */
function reachableHost({ stubUrl = 'http://127.0.0.1' }: DemoFile): string {
  return new URL(stubUrl).hostname
}

function readDemoFile(path: string): DemoFile {
  try {
    // Written by our own launcher.
    return JSON.parse(readFileSync(path, 'utf8')) as DemoFile
  } catch {
    // No demo on this machine: the variables have to say everything, and `need` names those that do not.
    return {}
  }
}

function need(name: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value
  throw new Error(`${name} is not set, and there is no demo.json. Run npx -y pnpm@12 start first, or set it.`)
}
