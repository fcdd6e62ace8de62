import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './paths.js'

const FOLDER = join(ROOT, 'connectors')

/** Whether a test of a connector checks it against the contract. */
function isChecked(name: string): boolean {
  const source = join(FOLDER, name, 'src')
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .some((file) => /describeConnectorContract|checkConnector/.test(readFileSync(join(source, file), 'utf8')))
}

it('every connector is checked against the contract by a test of its own', () => {
  const connectors = readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'src/connector.ts')))
  expect(connectors).toContain('slack')
  expect(connectors.filter((name) => !isChecked(name))).toEqual([])
})
