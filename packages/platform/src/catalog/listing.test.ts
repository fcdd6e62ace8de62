import { describe, expect, it } from 'vitest'
import { type IndexedConnector, matchListing } from './listing.js'

// Only what is searched.
const calendar = {
  id: 'agenda',
  name: 'Agenda Économique',
  description: 'Größere Termine.',
  categories: ['productivity'],
  members: [{ kind: 'action', id: 'create', name: 'Créer un événement' }],
} as unknown as IndexedConnector

describe('connectors that are looked for', () => {
  it('are found by words without their accents, and by accents that their names do not have', () => {
    expect(matchListing(calendar, { search: 'economique CREER' })).toMatchObject([{ id: 'create' }])
    expect(matchListing(calendar, { search: 'agéndà grossere' })).toEqual([])
    expect(matchListing(calendar, { search: 'agenda mail' })).toBeUndefined()
  })
})
