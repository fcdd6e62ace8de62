/** The twenty checks of the first hour: what is asked, how well, and which tests show it. */
import { personSeconds } from './effort.js'
import type { Evidence } from './evidence.js'
import type { Check, Verdict } from './judge.js'

const STORIES = 'tests/e2e/src/first-hour/first-hour.int.test.ts'
const ADDING = 'tests/e2e/src/first-hour/add-to-app.int.test.ts'
const BUILDER = 'tests/e2e/src/builder-stories.int.test.ts'
const QUICKSTART = 'apps/control-plane/src/embed-test/quickstart.int.test.ts'
const TEMPLATE = 'tests/e2e/src/first-automation.int.test.ts'
const GALLERY = 'tests/e2e/src/gallery.int.test.ts'
const LOCALES = 'packages/embed-ui/src/messages/locales.test.ts'
const WEBHOOKS = 'packages/sdk/src/webhooks/webhooks.test.ts'
const SCAFFOLD = 'packages/create-inlay-connector/src/scaffold.test.ts'

const MINUTE = 60

/** A number with its unit in words: "3 clicks", "1 command". */
function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function seconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} s` : `${Math.round(value)} s`
}

function verdict(measured: readonly string[], passes: boolean): Verdict {
  return { measured: measured.join(', '), passes }
}

/** Time of a script and clicks, and what a person would need by the keystroke-level model. */
function effort(evidence: Evidence, check: number): string[] {
  const keys = evidence.has(check, 'keys') ? [count(evidence.number(check, 'keys'), 'key')] : []
  return [
    count(evidence.number(check, 'clicks'), 'click'),
    ...keys,
    `${seconds(evidence.number(check, 'seconds'))} by script`,
    `${seconds(personSeconds(evidence, check))} for a person by the model`,
  ]
}

const START: readonly Check[] = [
  {
    number: 1,
    question: 'Commands from nothing to a running local system',
    target: '1',
    proofs: [{ file: STORIES, tests: /starts with one command/ }],
    judge: (evidence) => {
      const commands = evidence.list(1, 'commands')
      return verdict([count(commands.length, 'command'), commands.join(' && ')], commands.length === 1)
    },
  },
  {
    number: 2,
    question: 'Accounts, cards, Docker, cloud keys needed locally',
    target: '0',
    proofs: [{ file: STORIES, tests: /starts with one command/ }],
    judge: (evidence) => {
      const names = ['settings', 'containers', 'outsideConnections'] as const
      const found = names.map((name) => evidence.list(2, name).length)
      const [settings = 0, containers = 0, connections = 0] = found
      const measured = [
        `${settings} settings or keys given`,
        count(containers, 'container'),
        `${count(connections, 'connection')} to other machines while it starts`,
      ]
      return verdict(measured, settings + containers + connections === 0)
    },
  },
  {
    number: 3,
    question: 'Time to a running UI',
    target: '<= 20 s; from a clean clone, packages cached, <= 90 s',
    proofs: [{ file: STORIES, tests: /starts with one command/ }],
    judge: (evidence) => {
      const [first, second] = [evidence.number(3, 'firstSeconds'), evidence.number(3, 'secondSeconds')]
      const clean = evidence.has(3, 'cleanSeconds') ? evidence.number(3, 'cleanSeconds') : undefined
      const words = clean === undefined ? 'clean clone not measured (--clean)' : `clean clone ${seconds(clean)}`
      const measured = [`first start ${seconds(first)}`, `second ${seconds(second)}`, words]
      return verdict(measured, first <= 20 && second <= 20 && (clean ?? 0) <= 90)
    },
  },
  {
    number: 4,
    question: 'Commands to add it to an existing app',
    target: '<= 2',
    proofs: [{ file: ADDING, tests: /adds the builder/ }],
    judge: (evidence) => {
      const commands = evidence.list(4, 'commands')
      const pasted = `${count(evidence.number(4, 'pastedBlocks'), 'block')} of the guide pasted`
      return verdict([count(commands.length, 'command'), commands.join(' && '), pasted], commands.length <= 2)
    },
  },
  {
    number: 5,
    question: 'Time to add it to an existing app',
    target: '<= 3 min',
    proofs: [{ file: ADDING, tests: /adds the builder/ }],
    judge: (evidence) => {
      const needed = evidence.number(5, 'seconds')
      return verdict([`${seconds(needed)} by script, without reading and pasting`], needed <= 3 * MINUTE)
    },
  },
  {
    number: 6,
    question: 'Host code for a working embed',
    target: '<= 12 lines of server and <= 5 of client',
    proofs: [{ file: QUICKSTART }, { file: ADDING, tests: /adds the builder/ }],
    judge: (evidence) => {
      const [server, client] = [evidence.number(6, 'serverLines'), evidence.number(6, 'clientLines')]
      return verdict([`${server} and ${client} lines`, 'run as they stand in the guide'], server <= 12 && client <= 5)
    },
  },
  {
    number: 7,
    question: 'Time to the first embedded builder on screen',
    target: '<= 10 min',
    proofs: [
      { file: STORIES, tests: /starts with one command/ },
      { file: ADDING, tests: /adds the builder/ },
    ],
    judge: (evidence) => {
      const start = evidence.has(3, 'cleanSeconds')
        ? evidence.number(3, 'cleanSeconds')
        : evidence.number(3, 'firstSeconds')
      const needed = start + evidence.number(5, 'seconds')
      return verdict([`${seconds(needed)} by script: start, install, first builder`], needed <= 10 * MINUTE)
    },
  },
  {
    number: 8,
    question: 'Loader weight and frame ready on localhost',
    target: '<= 6 kB gzip and <= 1.5 s',
    proofs: [{ file: STORIES, tests: /frame that is ready/ }],
    judge: (evidence) => {
      const bytes = evidence.number(8, 'loaderBytes')
      const [cold, warm] = [evidence.number(8, 'coldMs'), evidence.number(8, 'warmMs')]
      const measured = [
        `${(bytes / 1000).toFixed(1)} kB`,
        `${Math.round(cold)} ms with an empty cache`,
        `${Math.round(warm)} ms with a warm one`,
      ]
      return verdict(measured, bytes <= 6000 && cold <= 1500)
    },
  },
]

const BUILD: readonly Check[] = [
  {
    number: 9,
    question: 'First workflow from template to green test run',
    target: '<= 3 min, <= 8 clicks, 0 pages of documentation',
    proofs: [{ file: TEMPLATE }],
    judge: (evidence) => {
      const pages = evidence.number(9, 'pagesOpened')
      const passes = personSeconds(evidence, 9) <= 3 * MINUTE && evidence.number(9, 'clicks') <= 8 && pages === 0
      return verdict([...effort(evidence, 9), `${count(pages, 'page')} opened`], passes)
    },
  },
  {
    number: 10,
    question: 'First workflow from blank: webhook, condition, HTTP',
    target: '<= 5 min, never leaves the canvas',
    proofs: [{ file: STORIES, tests: /builds webhook, condition and request by mouse/ }],
    judge: (evidence) => {
      const left = evidence.number(10, 'timesLeft')
      const passes = personSeconds(evidence, 10) <= 5 * MINUTE && left === 0
      return verdict([...effort(evidence, 10), `canvas left ${count(left, 'time')}`], passes)
    },
  },
  {
    number: 11,
    question: 'Test one step with sample data',
    target: '1 click, <= 2 s, result beside the field',
    proofs: [{ file: STORIES, tests: /tests one step/ }],
    judge: (evidence) => {
      const [clicks, needed] = [evidence.number(11, 'clicks'), evidence.number(11, 'seconds')]
      const isBeside = evidence.fact(11, 'isBesideFields')
      const where = isBeside ? 'result in the panel of the step' : 'result elsewhere'
      return verdict([count(clicks, 'click'), seconds(needed), where], clicks <= 1 && needed <= 2 && isBeside)
    },
  },
  {
    number: 12,
    question: 'Map a field from an earlier step',
    target: '<= 3 actions by mouse and by keyboard',
    proofs: [{ file: BUILDER, tests: /maps a field/ }],
    judge: (evidence) => {
      const [mouse, keyboard] = [evidence.number(12, 'mouseActions'), evidence.number(12, 'keyboardActions')]
      return verdict([`${mouse} by mouse`, `${keyboard} by keyboard`], mouse <= 3 && keyboard <= 3)
    },
  },
  {
    number: 13,
    question: 'A mistake is recoverable',
    target: '100 undo levels, a refresh loses 0 edits older than 2 s',
    proofs: [
      { file: BUILDER, tests: /takes more than a hundred changes back/ },
      { file: STORIES, tests: /survive/ },
    ],
    judge: (evidence) => {
      const [levels, lost] = [evidence.number(13, 'undoLevels'), evidence.number(13, 'lostEdits')]
      const fresh = `an edit right before the refresh: ${evidence.text(13, 'freshEdit')}`
      const measured = [`${levels} levels undone`, `${count(lost, 'edit')} lost after 2 s`, fresh]
      return verdict(measured, levels >= 100 && lost === 0)
    },
  },
  {
    number: 14,
    question: 'A broken workflow explains itself',
    target: 'cause, what to do, link, "replay from here" in <= 2 clicks',
    proofs: [{ file: STORIES, tests: /failed run/ }],
    judge: (evidence) => {
      const clicks = evidence.number(14, 'clicksToReplay')
      const facts = ['cause', 'advice', 'link'] as const
      const shown = facts.filter((fact) => evidence.fact(14, fact))
      const missing = facts.filter((fact) => !shown.includes(fact)).map((fact) => `no ${fact}`)
      const measured = [...shown, ...missing, `replay from here ${count(clicks, 'click')} from the list of runs`]
      return verdict(measured, missing.length === 0 && clicks <= 2)
    },
  },
]

const TRUST: readonly Check[] = [
  {
    number: 15,
    question: 'Make it the vendor’s brand',
    target: '<= 5 min, live preview, 0 hits of our name in pages, e-mails and headers',
    proofs: [{ file: STORIES, tests: /brand/ }],
    judge: (evidence) => {
      const hits = evidence.list(15, 'hits')
      const isLive = evidence.fact(15, 'isPreviewLive')
      const measured = [
        ...effort(evidence, 15),
        isLive ? 'live preview' : 'no live preview',
        `${count(hits.length, 'hit')} in ${count(evidence.number(15, 'pages'), 'view')}`,
        ...hits.slice(0, 5),
        'no e-mails are sent',
      ]
      return verdict(measured, hits.length === 0 && isLive && personSeconds(evidence, 15) <= 5 * MINUTE)
    },
  },
  {
    number: 16,
    question: 'Language and dark mode',
    target: '1 prop each, 7 locales, 0 untranslated keys',
    proofs: [{ file: LOCALES }, { file: STORIES, tests: /language and in the dark/ }],
    judge: (evidence) => {
      const locales = evidence.passed({ file: LOCALES, tests: /has every text/ })
      const [language, scheme] = [evidence.number(16, 'languageProps'), evidence.number(16, 'schemeProps')]
      const measured = [`${language} and ${count(scheme, 'prop')}`, `${count(locales, 'locale')} with every text`]
      return verdict(measured, language <= 1 && scheme <= 1 && locales >= 7)
    },
  },
  {
    number: 17,
    question: 'Write and run a custom connector',
    target: '<= 10 min, 1 scaffold command, tests green',
    proofs: [
      { file: SCAFFOLD, tests: /compiles and passes its tests/ },
      { file: ADDING, tests: /begins a connector/ },
    ],
    judge: (evidence) => {
      const [commands, tests] = [evidence.number(17, 'scaffoldCommands'), evidence.number(17, 'testsPassed')]
      const needed = evidence.number(17, 'seconds')
      const measured = [count(commands, 'command'), `${count(tests, 'test')} green after ${seconds(needed)}`]
      return verdict(measured, commands === 1 && tests > 0 && needed <= 10 * MINUTE)
    },
  },
  {
    number: 18,
    question: 'Verify a webhook in the host',
    target: '1 call, <= 5 lines, local `listen` works',
    proofs: [{ file: WEBHOOKS }, { file: STORIES, tests: /webhook of ours/ }],
    judge: (evidence) => {
      const [calls, lines] = [evidence.number(18, 'calls'), evidence.number(18, 'lines')]
      const listens = evidence.fact(18, 'listens')
      const measured = [
        count(calls, 'call'),
        count(lines, 'line'),
        listens ? '`listen` forwards what happens' : '`listen` does not work',
      ]
      return verdict(measured, calls === 1 && lines <= 5 && listens)
    },
  },
  {
    number: 19,
    question: 'Keyboard and screen reader alone build the workflow of check 10',
    target: 'possible; axe finds 0 serious or critical',
    proofs: [
      { file: BUILDER, tests: /by keyboard alone/ },
      { file: GALLERY, tests: /no view with an accessibility violation/ },
    ],
    judge: (evidence) => {
      const [keys, clicks] = [evidence.number(19, 'keys'), evidence.number(19, 'clicks')]
      const views = evidence.number(19, 'views')
      const found = evidence.number(19, 'violations.light') + evidence.number(19, 'violations.dark')
      const measured = [
        `built with ${count(keys, 'key')} and ${count(clicks, 'click')}`,
        `axe: ${count(found, 'violation')} of any weight in ${count(views, 'view')}, light and dark`,
      ]
      return verdict(measured, clicks === 0 && keys > 0 && found === 0 && views > 0)
    },
  },
  {
    number: 20,
    question: 'Help at hand',
    target: '`?` lists shortcuts, error codes link to docs, llms.txt, prompt to copy, MCP call of a workflow <= 5 min',
    proofs: [{ file: STORIES, tests: /help/ }],
    judge: (evidence) => {
      const facts = { shortcuts: '`?`', errorLinks: 'error links', llmsTxt: 'llms.txt', prompt: 'prompt', mcp: 'MCP' }
      const all = Object.entries(facts)
      const shown = all.filter(([name]) => evidence.fact(20, name)).map(([, words]) => words)
      const missing = all.filter(([name]) => !evidence.fact(20, name)).map(([, words]) => `no ${words}`)
      const call = evidence.has(20, 'mcpSeconds') ? [`MCP call in ${seconds(evidence.number(20, 'mcpSeconds'))}`] : []
      return verdict([...shown, ...missing, ...call], missing.length === 0)
    },
  },
]

/** All checks, in their order. */
export const CHECKS: readonly Check[] = [...START, ...BUILD, ...TRUST]

/** The test files that show them. */
export function evidenceFiles(checks: readonly Check[]): readonly string[] {
  return [...new Set(checks.flatMap(({ proofs }) => proofs.map(({ file }) => file)))]
}
