import { type HttpClient, responseError, StepError, z } from '@inlay/sdk/connector'
import { parseFeed } from '@rowanmanning/feed-parser'

/** What people say of a feed: its address. */
export const urlField = z.url({ protocol: /^https?$/ }).meta({
  title: 'Address of the feed',
  format: 'uri',
  examples: ['https://blog.example.com/feed.xml'],
})

/** An entry of a feed, whatever the feed is written in. */
export const entrySchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  title: z.string().nullable().meta({ title: 'Title' }),
  url: z.string().nullable().meta({ title: 'Address' }),
  summary: z.string().nullable().meta({ title: 'Summary' }),
  content: z.string().nullable().meta({ title: 'Content', description: 'Often HTML.' }),
  authors: z.array(z.string()).meta({ title: 'Authors' }),
  categories: z.array(z.string()).meta({ title: 'Categories' }),
  image: z.string().nullable().meta({ title: 'Image' }),
  published: z.string().nullable().meta({ title: 'Published' }),
  updated: z.string().nullable().meta({ title: 'Changed' }),
})

/** See `entrySchema`. */
export type Entry = z.infer<typeof entrySchema>

/** An entry as a blog would give it. */
export const sampleEntry: Entry = {
  id: 'https://blog.example.com/2026/hello',
  title: 'Hello',
  url: 'https://blog.example.com/2026/hello',
  summary: 'The first post.',
  content: '<p>The first post.</p>',
  authors: ['Kim'],
  categories: ['news'],
  image: null,
  published: '2026-04-10T20:09:31.000Z',
  updated: null,
}

/** A feed, read. */
export interface Feed {
  readonly title: string | null
  readonly description: string | null
  readonly url: string | null
  readonly entries: readonly Entry[]
}

interface FeedContext {
  readonly http: HttpClient
  readonly signal: AbortSignal
}

/** Fetches and reads a feed. @throws StepError `communication` when the address gives no feed */
export async function fetchFeed({ http, signal }: FeedContext, url: string): Promise<Feed> {
  const accept = 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5'
  const response = await http.request({ url, headers: { accept }, signal })
  const { host } = new URL(url)
  if (response.status < 200 || response.status > 299) throw responseError(host, response)
  const isJson = response.text.trimStart().startsWith('{')
  return isJson ? readJsonFeed(response.json(), host) : readXmlFeed(response.text, host)
}

function readXmlFeed(text: string, host: string): Feed {
  const feed = parsed(text, host)
  return {
    title: feed.title,
    description: feed.description,
    url: feed.url,
    entries: feed.items.map((item) => ({
      id: item.id ?? item.url ?? `${item.title ?? ''} ${item.published?.toISOString() ?? ''}`,
      title: item.title,
      url: item.url,
      summary: item.description,
      content: item.content,
      authors: item.authors.flatMap(({ name, email }) => name ?? email ?? []),
      categories: item.categories.map(({ term, label }) => label ?? term),
      image: item.image?.url ?? null,
      published: item.published?.toISOString() ?? null,
      updated: item.updated?.toISOString() ?? null,
    })),
  }
}

function parsed(text: string, host: string): ReturnType<typeof parseFeed> {
  try {
    return parseFeed(text)
  } catch (cause) {
    throw notAFeed(host, text, cause)
  }
}

const person = z.object({ name: z.string().optional() })

/** JSON Feed 1.0 and 1.1. */
const jsonFeed = z.object({
  version: z.string().startsWith('https://jsonfeed.org/'),
  title: z.string().nullish(),
  description: z.string().nullish(),
  home_page_url: z.string().nullish(),
  items: z.array(
    z.object({
      id: z.coerce.string(),
      title: z.string().nullish(),
      url: z.string().nullish(),
      summary: z.string().nullish(),
      content_html: z.string().nullish(),
      content_text: z.string().nullish(),
      image: z.string().nullish(),
      date_published: z.string().nullish(),
      date_modified: z.string().nullish(),
      authors: z.array(person).nullish(),
      author: person.nullish(),
      tags: z.array(z.string()).nullish(),
    }),
  ),
})

function readJsonFeed(value: unknown, host: string): Feed {
  const { data, error } = jsonFeed.safeParse(value)
  if (data === undefined) throw notAFeed(host, JSON.stringify(value), error)
  return {
    title: data.title ?? null,
    description: data.description ?? null,
    url: data.home_page_url ?? null,
    entries: data.items.map((item) => ({
      id: item.id,
      title: item.title ?? null,
      url: item.url ?? null,
      summary: item.summary ?? null,
      content: item.content_html ?? item.content_text ?? null,
      authors: (item.authors ?? (item.author ? [item.author] : [])).flatMap(({ name }) => name ?? []),
      categories: item.tags ?? [],
      image: item.image ?? null,
      published: item.date_published ?? null,
      updated: item.date_modified ?? null,
    })),
  }
}

function notAFeed(host: string, text: string, cause: unknown): StepError {
  return new StepError('communication', `What ${host} gives is not a feed`, {
    detail: `It is neither RSS, Atom nor JSON Feed. It begins with: ${text.trim().slice(0, 100)}`,
    retryable: false,
    cause,
  })
}
