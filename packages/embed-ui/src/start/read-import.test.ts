import { describe, expect, it } from 'vitest'
import { ORDERS } from '../../gallery/fixtures/definitions.js'
import { writeSteps } from '../clipboard/steps-text.js'
import { exportFileName, exportText, readImport } from './read-import.js'

describe('an exported workflow', () => {
  it('comes back as it was, but without accounts', () => {
    const text = exportText(ORDERS)
    expect(text).not.toMatch(/"connection"/)
    expect(JSON.stringify(ORDERS)).toMatch(/"connection"/)
    const read = readImport(text)
    expect(read).toMatchObject({ isReadable: true, name: ORDERS.name, isStripped: false })
    if (read.isReadable) expect(exportText(read.definition)).toBe(text)
  })

  it('loses the accounts of others when it is imported', () => {
    const read = readImport(JSON.stringify(ORDERS))
    expect(read).toMatchObject({ isReadable: true, isStripped: true })
    expect(JSON.stringify(read)).not.toMatch(/"connection"/)
  })

  it.each([
    ['empty', ' '],
    ['notJson', 'Dear all,'],
    ['foreign', '{"version":3,"nodes":[]}'],
    ['foreign', '[1]'],
    ['steps', writeSteps(ORDERS.steps)],
    ['broken', JSON.stringify({ ...ORDERS, trigger: {} })],
    ['tooLarge', `"${'x'.repeat(4_000_001)}"`],
  ])('is refused as %s when it is something else', (reason, text) => {
    expect(readImport(text)).toMatchObject({ isReadable: false, reason })
  })

  it('says what is damaged', () => {
    expect(readImport(JSON.stringify({ ...ORDERS, trigger: {} }))).toMatchObject({ detail: 'trigger' })
  })

  it.each([
    ['Big orders → Slack!', 'big-orders-slack.json'],
    ['注文', '注文.json'],
    ['../..', 'automation.json'],
  ])('has a file name: %s', (name, file) => {
    expect(exportFileName(name)).toBe(file)
  })
})
