import { defineConnector } from '@inlay/sdk/connector'
import { changeCase } from './actions/change-case.js'
import { extract } from './actions/extract.js'
import { htmlToText } from './actions/html-to-text.js'
import { join } from './actions/join.js'
import { replace } from './actions/replace.js'
import { slug } from './actions/slug.js'
import { split } from './actions/split.js'
import { truncate } from './actions/truncate.js'

/** Changes, splits and searches texts. */
export const connector = defineConnector({
  id: 'text',
  version: '1.0.0',
  name: 'Text',
  description: 'Change, split, join and search texts.',
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M5 7V5h14v2M12 5v14M9 19h6"/></svg>',
  color: '#0f766e',
  categories: ['tools'],
  docs: 'Patterns are regular expressions of RE2: as in most languages, but without look-around and back-references, so that no text can keep them busy.',
  auth: { kind: 'none' },
  actions: { replace, extract, split, join, changeCase, truncate, slug, htmlToText },
})
