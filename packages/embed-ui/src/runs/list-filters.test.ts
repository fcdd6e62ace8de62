import { expect, it } from 'vitest'
import { isFiltering, listInput, NO_FILTERS, readFilters, writeFilters } from './list-filters.js'

it('filters survive being written into an address', () => {
  const filters = { status: 'failed', mode: 'live', version: 3, time: 'day', search: 'a & b=%' } as const
  expect(readFilters(writeFilters(filters))).toEqual(filters)
  expect(writeFilters(NO_FILTERS)).toBe('')
  expect(readFilters('')).toEqual(NO_FILTERS)
})

it('what is no filter leaves nothing out', () => {
  expect(readFilters('status=odd&version=-1&time=year&mode=&x=1')).toEqual(NO_FILTERS)
  expect(isFiltering({ ...NO_FILTERS, search: '  ' })).toBe(false)
})

it('the API is asked for what the filters say', () => {
  const filters = { ...NO_FILTERS, time: 'hour', search: ' run_1 ' } as const
  expect(listInput(filters, Date.parse('2026-01-01T01:00:00Z'))).toEqual({
    createdSince: '2026-01-01T00:00:00.000Z',
    search: 'run_1',
  })
})
