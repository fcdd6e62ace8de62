import { StepIcon } from '../canvas/ConnectorIcon.js'
import { pathWords } from '../expressions/readable.js'
import { type DataPath, splitTemplate, type TemplateToken } from '../expressions/template.js'
import { classNames } from '../ui/class-names.js'
import inputStyles from '../ui/Field.module.css'
import { type FieldData, useFieldData } from './data-context.js'
import styles from './TemplateField.module.css'

/** A template with its data as chips. Decorative: the field behind holds the text. */
export function Pills({ template, isMono }: { readonly template: string; readonly isMono: boolean }) {
  const data = useFieldData()
  return (
    <div className={classNames(styles['pills'], isMono && inputStyles['mono'])} aria-hidden="true">
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
  return (
    <span className={styles['pill']} data-kind="expression" title={token.source}>
      <span>{token.source}</span>
    </span>
  )
}

interface DataPillProps {
  readonly path: DataPath
  readonly source: string
  readonly data: FieldData | undefined
}

function DataPill({ path, source, data }: DataPillProps) {
  const words = pathWords(path, data?.words.stepNames ?? (() => undefined), data?.words.rootNames ?? ((root) => root))
  const group = data?.groups.find(
    ({ root }) => root.path[0] === path[0] && (path[0] !== 'steps' || root.path[1] === path[1]),
  )
  const isUnknown = data !== undefined && group === undefined && path[0] === 'steps'
  return (
    <span className={styles['pill']} data-kind={isUnknown ? 'unknown' : 'data'} title={source}>
      {group?.step !== undefined && group.kind === 'step' && data !== undefined && (
        <StepIcon step={group.step} connectors={data.connectors} size={16} />
      )}
      <span className={styles['source']}>{words.source}</span>
      {words.field !== '' && <span className={styles['field']}>{words.field}</span>}
    </span>
  )
}
