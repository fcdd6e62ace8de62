import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeConnectorContract } from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'
import { checkConnector } from './connector/to-connector.js'
import { importOpenApi } from './import-openapi.js'

const imported = async (name: string, overlays: string[] = []) => {
  const read = (file: string) => readFile(join(import.meta.dirname, 'fixtures', file), 'utf8')
  const { connector } = await importOpenApi(await read(name), {
    overlays: await Promise.all(overlays.map(read)),
    documentUrl: 'https://service.test/openapi.yaml',
  })
  return checkConnector(connector)
}

const shop = await imported('shop-3.0.yaml')
const desk = await imported('desk-3.1.yaml', ['desk-overlay.yaml'])
const legacy = await imported('legacy-2.0.yaml')

describe.each([
  ['shop-3.0.yaml', shop],
  ['desk-3.1.yaml', desk],
  ['legacy-2.0.yaml', legacy],
] as const)('%s', (_, connector) => {
  describeConnectorContract(connector, {
    describe,
    it,
    expect,
    exceptions: Object.fromEntries(
      Object.keys(connector.actions).map((id) => [
        `${id}:empty`,
        'services leave fields out that their documents promise; only the kind of an answer is checked',
      ]),
    ),
  })
})
