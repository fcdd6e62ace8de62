import { z } from '@inlay/sdk/connector'

/** What automations need of a pipeline. */
export const pipelineSchema = z.object({
  id: z.number().meta({ title: 'Id' }),
  status: z.string().meta({ title: 'Status', description: 'Such as "running" or "success".' }),
  ref: z.string().meta({ title: 'Branch or tag' }),
  sha: z.string().meta({ title: 'Commit' }),
  web_url: z.string().meta({ title: 'Address' }),
  created_at: z.string().meta({ title: 'Created' }),
  finished_at: z.string().nullish().meta({ title: 'Finished' }),
})

/** A pipeline as GitLab gives it. */
export const samplePipeline = {
  id: 287,
  status: 'pending',
  ref: 'main',
  sha: 'a91957a858320c0e17f3a0eca7cfacbff50ea29a',
  web_url: 'https://gitlab.com/acme/shop/-/pipelines/287',
  created_at: '2026-04-11T08:00:00.000Z',
  finished_at: null,
}
