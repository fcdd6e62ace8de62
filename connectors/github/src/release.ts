import { z } from '@inlay/sdk/connector'

/** What automations need of a release. */
export const releaseSchema = z.object({
  id: z.number().meta({ title: 'Id' }),
  tag_name: z.string().meta({ title: 'Tag' }),
  name: z.string().nullable().meta({ title: 'Name' }),
  body: z.string().nullable().default(null).meta({ title: 'Text' }),
  html_url: z.string().meta({ title: 'Address' }),
  draft: z.boolean().meta({ title: 'Is a draft' }),
  prerelease: z.boolean().default(false).meta({ title: 'Is a pre-release' }),
  published_at: z.string().nullable().meta({ title: 'Published' }),
})

/** A release as GitHub gives it. */
export const sampleRelease = {
  id: 1,
  tag_name: 'v2.4.0',
  name: 'v2.4.0',
  body: 'The cart keeps its items.',
  html_url: 'https://github.com/acme/shop/releases/v2.4.0',
  draft: false,
  prerelease: false,
  published_at: '2026-04-27T19:35:32Z',
}
