import { defineConnector } from '@inlay/sdk/connector'
import { readFeed } from './actions/read-feed.js'
import { icon } from './icon.js'
import { newEntry } from './triggers/new-entry.js'

/** Reads RSS, Atom and JSON feeds. */
export const connector = defineConnector({
  id: 'rss',
  version: '1.0.0',
  name: 'RSS',
  description: 'Read RSS and Atom feeds, and start on new entries.',
  icon,
  color: '#c2570c',
  categories: ['tools', 'marketing'],
  docs: 'Any public feed in RSS (0.9 to 2.0), RDF, Atom or JSON Feed. Feeds behind a password can be read with the HTTP connector.',
  auth: { kind: 'none' },
  actions: { readFeed },
  triggers: { newEntry },
})
