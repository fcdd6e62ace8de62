import { ApiError } from '@inlay/sdk/client'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ListBody } from './ListPage.js'

const READ: Parameters<typeof ListBody<string>>[0]['pages'] = {
  rows: ['Blue Bikes'],
  isPending: false,
  isFetching: false,
  isPlaceholderData: false,
  isFetchNextPageError: false,
  error: null,
  refetch: () => Promise.reject(new Error('Nobody asks here.')),
  hasNextPage: true,
  isFetchingNextPage: false,
  fetchNextPage: () => Promise.reject(new Error('Nobody asks here.')),
}

function shown(pages: Partial<typeof READ>): string {
  return renderToStaticMarkup(
    <ListBody pages={{ ...READ, ...pages }} empty="None yet" draw={(rows) => rows.join(', ')} />,
  )
}

describe('the records of a list', () => {
  const down = new ApiError('The server is down.', { code: 'test', status: 503, type: '/docs/errors/test' })

  it('stay when the next page does not come, which is said below them', () => {
    const page = shown({ error: down, isFetchNextPageError: true })
    expect(page).toMatch(/Blue Bikes.*The server is down.*Try again/)
    expect(page).not.toContain('out of date')
  })

  it('stay when they cannot be read again, which is said above them', () => {
    expect(shown({ error: down })).toMatch(/out of date.*Try again.*Blue Bikes.*Show more/)
  })

  it('can be asked for again when there are none because of a failure', () => {
    expect(shown({ rows: [], error: down })).toMatch(/The server is down.*Try again/)
  })

  it('are not said to be none while another search is under way', () => {
    expect(shown({ rows: [], isPlaceholderData: true })).not.toContain('None yet')
  })
})
