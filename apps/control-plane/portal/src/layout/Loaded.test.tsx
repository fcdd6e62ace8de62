import { ApiError } from '@inlay/sdk/client'
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Loaded, LoadedList } from './Loaded.js'

const KEY = ['thing']

/** What a page shows of a query that ended so, one after the other. */
async function shown(endings: readonly (() => Promise<unknown>)[], Page: () => ReactNode): Promise<string> {
  const queries = new QueryClient()
  for (const queryFn of endings) {
    queries.setDefaultOptions({ queries: { queryFn, retry: false, retryOnMount: false } })
    await queries.prefetchQuery({ queryKey: KEY })
  }
  return renderToStaticMarkup(
    <QueryClientProvider client={queries}>
      <Page />
    </QueryClientProvider>,
  )
}

describe('what a query gave', () => {
  it('has the page’s name as its heading when the query failed, and the data’s own when it did not', async () => {
    const Page = () => (
      <Loaded query={useQuery<string>({ queryKey: KEY })} page="Customer">
        {(name) => <h1>{name}</h1>}
      </Loaded>
    )
    const failed = await shown([() => Promise.reject(new Error('It is not there.'))], Page)
    expect(failed.match(/<h1[^>]*>(.*?)<\/h1>/g)).toHaveLength(1)
    expect(failed).toMatch(/<h1[^>]*>Customer<\/h1>/)
    expect(await shown([async () => 'Blue Bikes'], Page)).toBe('<h1>Blue Bikes</h1>')
  })

  it('stays when reading it again fails for a while, and goes when that is refused', async () => {
    const Page = () => (
      <Loaded query={useQuery<string>({ queryKey: KEY })}>{(name) => <input defaultValue={name} />}</Loaded>
    )
    const again = (status: number) =>
      shown(
        [async () => 'Blue Bikes', () => Promise.reject(new ApiError('It did not go well.', { code: 'test', status }))],
        Page,
      )
    expect(await again(503)).toContain('value="Blue Bikes"')
    expect(await again(503)).toContain('may be out of date')
    expect(await again(404)).not.toContain('Blue Bikes')
  })

  it('is a list of rows, or what stands in their place', async () => {
    const Page = () => (
      <LoadedList query={useQuery<{ data: string[] }>({ queryKey: KEY })} empty="None yet">
        {(rows) => rows.join(', ')}
      </LoadedList>
    )
    expect(await shown([async () => ({ data: [] })], Page)).toBe('None yet')
    expect(await shown([async () => ({ data: ['a', 'b'] })], Page)).toBe('a, b')
  })
})
