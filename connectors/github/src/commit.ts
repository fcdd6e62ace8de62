import { type JsonObject, z } from '@inlay/sdk/connector'

const person = z.object({ name: z.string().nullish(), email: z.string().nullish(), date: z.string().nullish() })

/** A commit as GitHub lists it. */
export const listedCommit = z.object({
  sha: z.string(),
  html_url: z.string(),
  commit: z.object({ message: z.string(), author: person.nullish(), committer: person.nullish() }),
  author: z.object({ login: z.string().optional() }).nullish(),
})

/** What automations need of a commit. */
export const commitSchema = z.object({
  sha: z.string().meta({ title: 'Commit' }),
  message: z.string().meta({ title: 'Message' }),
  url: z.string().meta({ title: 'Address' }),
  author: z.string().nullable().meta({ title: 'Author' }),
  email: z.string().nullable().meta({ title: 'E-mail of the author' }),
  login: z.string().nullable().meta({ title: 'Login', description: 'When GitHub knows the author.' }),
  at: z.string().nullable().meta({ title: 'When' }),
})

/** A commit as automations see it. */
export const sampleCommit = {
  sha: '6dcb09b5b57875f334f61aebed695e2e4193db5e',
  message: 'Keep the items of the cart',
  url: 'https://github.com/acme/shop/commit/6dcb09b5b57875f334f61aebed695e2e4193db5e',
  author: 'Kim Lee',
  email: 'kim@example.com',
  login: 'octocat',
  at: '2026-04-11T19:09:31Z',
} satisfies JsonObject

/** A listed commit as automations see it. */
export function toCommit({ sha, html_url, commit, author }: z.output<typeof listedCommit>) {
  return {
    sha,
    message: commit.message,
    url: html_url,
    author: commit.author?.name ?? null,
    email: commit.author?.email ?? null,
    login: author?.login ?? null,
    at: commit.committer?.date ?? null,
  }
}
