import { defineConnector } from '@inlay/sdk/connector'
import { parseJson } from './actions/parse-json.js'
import { readCsv } from './actions/read-csv.js'
import { readXml } from './actions/read-xml.js'
import { validateJson } from './actions/validate-json.js'
import { writeCsv } from './actions/write-csv.js'
import { writeJson } from './actions/write-json.js'
import { writeXml } from './actions/write-xml.js'

/** Reads and writes CSV, JSON and XML. */
export const connector = defineConnector({
  id: 'data-formats',
  version: '1.0.0',
  name: 'CSV, JSON, XML',
  description: 'Read and write tables and documents.',
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><rect x="4" y="4" width="16" height="16" rx="2.500"/><path d="M4 9.500h16M4 14.500h16M10 4v16"/></svg>',
  color: '#0369a1',
  categories: ['tools', 'data'],
  docs: 'Give a text, or a file that an earlier step has made. What is written can become a file for a later step. Documents may have up to 10 MB.',
  auth: { kind: 'none' },
  actions: { readCsv, writeCsv, parseJson, writeJson, validateJson, readXml, writeXml },
})
