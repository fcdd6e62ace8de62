import {
  type ConnectorAction,
  type FormContext,
  type JsonValue,
  jsonValue,
  type OptionsContext,
  type OptionsPage,
  StepError,
  z,
} from '@inlay/sdk/connector'
import { type PieceMember, type PieceProperty, propertySchema } from '../description.js'
import { callPiece, type RunnablePiece } from '../piece-calls.js'
import { toPieceAuth } from './auth.js'
import { callerOf } from './caller.js'
import { objectSchema } from './properties.js'

type Form = Pick<ConnectorAction, 'options' | 'schemas'>

const answerSchema = z.object({
  disabled: z.boolean().optional(),
  placeholder: z.string().optional(),
  options: z.array(z.object({ label: z.coerce.string(), value: jsonValue })).catch([]),
})

/** What the form of an action or trigger asks the service. */
export function toForm(runnable: RunnablePiece, of: 'action' | 'trigger', member: PieceMember): Form {
  const { properties } = member
  const names = new Set(properties.map(({ name }) => name))
  const dependsOn = ({ refreshers }: PieceProperty) => refreshers.filter((name) => names.has(name))
  const ofTypes = (...types: string[]) => properties.filter(({ type }) => types.includes(type))
  const load = (property: string, context: FormContext | OptionsContext) => {
    const { auth, input, http, signal } = context
    const opened = toPieceAuth(auth)
    const caller = callerOf(context)
    return callPiece(
      runnable,
      {
        kind: 'field',
        of,
        name: member.name,
        property,
        search: 'search' in context ? context.search : '',
        input,
        ...caller,
        ...(opened === undefined ? {} : { auth: opened }),
      },
      { http, signal, owner: caller.customer },
    )
  }
  return {
    options: Object.fromEntries(
      ofTypes('DROPDOWN', 'MULTI_SELECT_DROPDOWN').map((property) => [
        property.name,
        {
          dependsOn: dependsOn(property),
          isSearchable: property.refreshOnSearch,
          load: async (context) => choicesOf(await load(property.name, context)),
        },
      ]),
    ),
    schemas: Object.fromEntries(
      ofTypes('DYNAMIC').map((property) => [
        property.name,
        {
          dependsOn: dependsOn(property),
          load: async (context) => objectSchema(z.array(propertySchema).parse(await load(property.name, context))),
        },
      ]),
    ),
  }
}

/** @throws StepError `validation` with the piece's own words when it says that there is nothing to choose from yet */
function choicesOf(answer: JsonValue): OptionsPage {
  const { disabled = false, placeholder, options } = answerSchema.parse(answer)
  if (disabled && options.length === 0 && placeholder !== undefined) throw new StepError('validation', placeholder)
  return { options }
}
