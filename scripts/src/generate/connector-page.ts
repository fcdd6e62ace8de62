/** Documentation of connectors, from what they say of themselves. */
import type { JsonValue } from '@inlay/engine'
import type { ActionSummary, AuthSummary, ConnectorSummary, TriggerSummary } from '@inlay/platform/catalog'
import { code, plain, schemaTable, typeWords } from './schema-table.js'

const NOTE = '<!-- Written by `pnpm generate` from the connector. Do not edit. -->'
const MOST_SAMPLE_CHARACTERS = 4000

const TRIGGER_WORDS: Readonly<Record<TriggerSummary['kind'], string>> = {
  polling: 'Asks the service',
  webhook: 'The service tells at once: a webhook is registered when the workflow is switched on.',
  appWebhook: 'The service tells at once, through the webhook of the whole app.',
  event: 'Your own product tells, with `POST /v1/events`.',
}

/** The page of one version of a connector. */
export function connectorPage(connector: ConnectorSummary): string {
  const { id, name, version, description, docs, actions, triggers } = connector
  return page([
    NOTE,
    `# ${plain(name)}`,
    plain(description),
    `Connector ${code(id)}, version ${version}.`,
    docs?.trim(),
    ...connecting(connector),
    ...listed('Triggers', triggers.map(triggerSection)),
    ...listed('Actions', actions.map(actionSection)),
    ERRORS,
  ])
}

/** The page that leads to all others. @param files the file of each connector's page */
export function indexPage(
  connectors: readonly ConnectorSummary[],
  fileOf: (connector: ConnectorSummary) => string,
): string {
  const rows = connectors.map((connector) => {
    const { name, version, actions, triggers, description } = connector
    const link = `[${plain(name)}](${fileOf(connector)})`
    return `| ${link} | ${version} | ${actions.length} | ${triggers.length} | ${plain(description)} |`
  })
  return page([
    NOTE,
    '# Connectors',
    ['| Connector | Version | Actions | Triggers | |', '| --- | --- | --- | --- | --- |', ...rows].join('\n'),
  ])
}

function connecting({ connection, auth }: ConnectorSummary): (string | undefined)[] {
  if (auth.length === 0) return ['## Connecting', 'There is nothing to connect.']
  const optional = connection === 'optional' ? 'A connection may be left out where the service allows it.' : undefined
  return ['## Connecting', optional, ...auth.map(authSection)]
}

function authSection({ id, kind, name, help, schema, scopes }: AuthSummary): string {
  const rows = scopes.map(
    ({ scope, description, optional }) => `| ${code(scope)} | ${plain(description)} | ${optional ? 'yes' : ''} |`,
  )
  return page([
    `### ${plain(name)}`,
    `Method ${code(id)}, kind ${code(kind)}.`,
    help?.trim(),
    schemaTable(schema),
    rows.length === 0
      ? undefined
      : ['| Scope | Lets automations | May be left out |', '| --- | --- | --- |', ...rows].join('\n'),
  ])
}

function triggerSection(trigger: TriggerSummary): string {
  const { kind, intervalMs } = trigger
  const how = intervalMs === null ? TRIGGER_WORDS[kind] : `${TRIGGER_WORDS[kind]} every ${minutes(intervalMs)}.`
  return memberSection(trigger, [how])
}

function actionSection(action: ActionSummary): string {
  return memberSection(action, [], action.sampleInput)
}

function memberSection(
  member: ActionSummary | TriggerSummary,
  about: readonly string[],
  sampleInput: JsonValue = null,
): string {
  const asked = Object.keys(member.dynamicOptions).map(code)
  return page([
    `### ${plain(member.name)}`,
    plain(member.description),
    ...about,
    `Id ${code(member.id)}.`,
    member.scopes.length === 0 ? undefined : `Needs the scopes ${member.scopes.map(code).join(', ')}.`,
    '#### Input',
    schemaTable(member.inputSchema) ?? shapeLine(member.inputSchema),
    asked.length === 0 ? undefined : `The service gives the choices of ${asked.join(', ')}.`,
    sample('For example', sampleInput),
    '#### Output',
    member.hasDynamicOutput ? 'Its fields depend on the input; the builder asks the service for them.' : undefined,
    schemaTable(member.outputSchema) ?? shapeLine(member.outputSchema),
    sample('For example', member.sampleOutput),
  ])
}

function shapeLine(schema: JsonValue): string {
  const words = typeWords(schema)
  return words === 'object' ? 'No fields are known beforehand.' : `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

function sample(title: string, value: JsonValue): string | undefined {
  if (value === null) return undefined
  const text = JSON.stringify(value, null, 2)
  // A sample may not end the block that it stands in.
  if (text.length > MOST_SAMPLE_CHARACTERS || text.includes('```')) return undefined
  return `${title}:\n\n\`\`\`json\n${text}\n\`\`\``
}

function minutes(ms: number): string {
  const count = Math.round(ms / 60_000)
  return count === 1 ? 'minute' : `${count} minutes`
}

function listed(title: string, sections: readonly string[]): string[] {
  return sections.length === 0 ? [] : [`## ${title}`, ...sections]
}

function page(parts: readonly (string | undefined)[]): string {
  return `${parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => String(part).trimEnd())
    .join('\n\n')}\n`
}

const ERRORS = `## Errors

| Kind | When | Tried again |
| --- | --- | --- |
| \`validation\` | The input is not what the action needs. | no |
| \`authentication\` | The credentials are not accepted: connect the account again. | no |
| \`authorization\` | The account may not do this, or a scope was not granted. | no |
| \`rejected\` | The service refused, for example because there is no such record. | no |
| \`rate_limited\` | The service asks to slow down. | yes, when it says |
| \`communication\` | The service could not be reached, or has a problem of its own. | yes |
| \`timeout\` | The service did not answer in time. | yes |
| \`limit\` | The answer is too large. | no |`
