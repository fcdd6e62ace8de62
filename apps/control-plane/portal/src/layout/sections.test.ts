import { describe, expect, it } from 'vitest'
import { sectionOf } from './sections.js'

describe('the section that a page belongs to', () => {
  it('is the one whose address it is below', () => {
    expect(sectionOf('/customers/cus_1')?.label).toBe('Customers')
    expect(sectionOf('/connections')?.label).toBe('Connections')
  })

  it('is that of the connectors for the tenant’s own ones', () => {
    expect(sectionOf('/own-connectors')?.label).toBe('Connectors')
  })

  it('is none where nothing is', () => {
    expect(sectionOf('/runs-of-nobody')).toBeUndefined()
    expect(sectionOf('/')).toBeUndefined()
  })
})
