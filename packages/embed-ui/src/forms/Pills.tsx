import type { JsonValue } from '@inlay/engine'
import { Unlink } from 'lucide-react'
import { StepIcon } from '../canvas/ConnectorIcon.js'
import type { DataGroup } from '../expressions/data-tree.js'
import { pathWords, previewValue, readableText } from '../expressions/readable.js'
import { type DataPath, splitTemplate, type TemplateToken } from '../expressions/template.js'
import { useTexts } from '../messages/useTexts.js'
import { classNames } from '../ui/class-names.js'
import inputStyles from '../ui/Field.module.css'
import { type FieldData, useFieldData } from './data-context.js'
import styles from './TemplateField.module.css'

export interface PillsProps {
  readonly template: string
  readonly isMono: boolean
  /** Inside a box that is drawn already, and read aloud as what is in it. @default false */
  readonly isInside?: boolean
}

/** A template with its data as chips. Decorative where a field behind it holds the text. */
export function Pills({ template, isMono, isInside = false }: PillsProps) {
  const data = useFieldData()
  return (
    <div
      className={classNames(styles['pills'], isMono && inputStyles['mono'])}
      dir={isMono ? 'ltr' : 'auto'}
      data-inside={isInside || undefined}
      aria-hidden={isInside ? undefined : true}
    >
      {splitTemplate(template).map((token, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no identity but their place
        <Token key={index} token={token} data={data} />
      ))}
    </div>
  )
}

function Token({ token, data }: { readonly token: TemplateToken; readonly data: FieldData | undefined }) {
  if (token.kind === 'text') return token.text
  if (token.kind === 'data') return <DataPill path={token.path} source={token.source} data={data} />
  const words =
    data === undefined
      ? token.source
      : readableText(`{{ ${token.source} }}`, data.words.stepNames, data.words.rootNames)
  return (
    <span className={styles['pill']} data-kind="expression" title={token.source}>
      <span>{words}</span>
    </span>
  )
}

interface DataPillProps {
  readonly path: DataPath
  readonly source: string
  readonly data: FieldData | undefined
}

/** What a chip says of a place. */
interface Described {
  readonly group: DataGroup | undefined
  /** Why there is no such data: its step is gone, or runs later. */
  readonly broken: 'gone' | 'later' | undefined
  /** What was there last time. */
  readonly sample: JsonValue | undefined
}

function describe(path: DataPath, data: FieldData | undefined): Described {
  const group = data === undefined ? undefined : groupOf(path, data.groups)
  if (data === undefined || group !== undefined || path[0] !== 'steps') {
    return { group, broken: undefined, sample: group === undefined ? undefined : sampleAt(group, path) }
  }
  const isThere = data.words.stepNames(String(path[1])) !== undefined
  return { group, broken: isThere ? 'later' : 'gone', sample: undefined }
}

function DataPill({ path, source, data }: DataPillProps) {
  const t = useTexts()
  const words = pathWords(path, data?.words.stepNames ?? (() => undefined), data?.words.rootNames ?? ((root) => root))
  const { group, broken, sample } = describe(path, data)
  const hint = broken !== undefined ? t(`chip.${broken}`) : sample === undefined ? '' : previewValue(sample, 120)
  return (
    <span
      className={styles['pill']}
      data-kind={broken === undefined ? 'data' : 'broken'}
      title={hint === '' ? source : `${hint}\n${source}`}
    >
      {broken !== undefined && <Unlink size={12} aria-hidden="true" />}
      <PillIcon group={group} data={data} />
      <span className={styles['source']}>{words.source}</span>
      {words.field !== '' && (
        <>
          <span className={styles['arrow']} aria-hidden="true">
            ›
          </span>
          <span className={styles['field']}>{words.field}</span>
        </>
      )}
      {broken !== undefined && <span className={styles['broken']}>{t(`chip.${broken}Short`)}</span>}
    </span>
  )
}

function PillIcon({ group, data }: { readonly group: DataGroup | undefined; readonly data: FieldData | undefined }) {
  if (group?.step === undefined || group.kind !== 'step' || data === undefined) return null
  return <StepIcon step={group.step} connectors={data.connectors} size={16} />
}

function groupOf(path: DataPath, groups: readonly DataGroup[]): DataGroup | undefined {
  return groups.find(({ root }) => root.path[0] === path[0] && (path[0] !== 'steps' || root.path[1] === path[1]))
}

/** What was there last time; undefined when that is not known. */
function sampleAt({ root }: DataGroup, path: DataPath): JsonValue | undefined {
  let value: unknown = root.sample
  for (const part of path.slice(root.path.length)) {
    // Looked up as the path says; what is no object has no fields.
    value = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[part] : undefined
  }
  // A part of JSON is JSON.
  return value as JsonValue | undefined
}
