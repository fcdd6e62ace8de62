import { readFileSync } from 'node:fs'

/** What the example needs to know. */
export interface Options {
  readonly port: number
  /** The control plane. */
  readonly baseUrl: string
  readonly tenantId: string
  readonly signingKey: string
  readonly keyId: string
  /** The signed-in person's company, as this product knows it. */
  readonly customer: { readonly externalId: string; readonly name: string }
}

interface DemoFile {
  readonly baseUrl?: string
  readonly tenantId?: string
  readonly embedSigningKey?: string
  readonly embedKeyId?: string
}

/**
 * Reads the variables `INLAY_BASE_URL`, `INLAY_TENANT_ID`, `INLAY_SIGNING_KEY` and `INLAY_KEY_ID`; what is not set comes
 * from the file that `pnpm start` writes (`INLAY_DEMO_FILE`, by default `.inlay/demo.json`).
 *
 * @throws Error that names the variable that is missing
 */
export function readOptions(env: NodeJS.ProcessEnv): Options {
  const demo = readDemoFile(env['INLAY_DEMO_FILE'] ?? '.inlay/demo.json')
  return {
    port: Number(env['PORT'] ?? 4500),
    baseUrl: need('INLAY_BASE_URL', env['INLAY_BASE_URL'] ?? demo.baseUrl).replace(/\/$/, ''),
    tenantId: need('INLAY_TENANT_ID', env['INLAY_TENANT_ID'] ?? demo.tenantId),
    signingKey: need('INLAY_SIGNING_KEY', env['INLAY_SIGNING_KEY'] ?? demo.embedSigningKey),
    keyId: need('INLAY_KEY_ID', env['INLAY_KEY_ID'] ?? demo.embedKeyId),
    customer: { externalId: 'acme-books', name: 'Acme Books' },
  }
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
