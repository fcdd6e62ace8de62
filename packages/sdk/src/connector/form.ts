import type {
  DynamicForm,
  DynamicOptions,
  DynamicSchema,
  FormContext,
  JsonObject,
  OptionsContext,
  OptionsPage,
  SelectOption,
} from '@inlay/engine'

/** Choices as their author writes them: a function, or with what they depend on. */
export type OptionsDefinition =
  | ((context: OptionsContext) => Promise<readonly SelectOption[] | OptionsPage>)
  | {
      /** Fields that must be filled in first. @default none */
      readonly dependsOn?: readonly string[]
      /** Whether `search` narrows the choices at the service. @default false */
      readonly isSearchable?: boolean
      load(context: OptionsContext): Promise<readonly SelectOption[] | OptionsPage>
    }

/** A field's shape as its author writes it. */
export type SchemaDefinition =
  | ((context: FormContext) => Promise<JsonObject>)
  | { readonly dependsOn?: readonly string[]; load(context: FormContext): Promise<JsonObject> }

/** What an action's or trigger's form asks the service. */
export interface FormDefinition {
  /** Choices by field. */
  readonly options?: Readonly<Record<string, OptionsDefinition>>
  /** JSON Schemas by field, for fields whose shape the service knows. */
  readonly schemas?: Readonly<Record<string, SchemaDefinition>>
  /** The shape of what comes out, when it depends on the input. */
  readonly outputSchema?: SchemaDefinition
}

/** The form with its defaults. */
export function completeForm({ options = {}, schemas = {}, outputSchema }: FormDefinition): DynamicForm {
  return {
    options: mapValues(options, completeOptions),
    schemas: mapValues(schemas, completeSchema),
    ...(outputSchema === undefined ? {} : { outputSchema: completeSchema(outputSchema) }),
  }
}

function completeOptions(given: OptionsDefinition): DynamicOptions {
  const { dependsOn = [], isSearchable = false, load } = typeof given === 'function' ? { load: given } : given
  return {
    dependsOn,
    isSearchable,
    load: async (context) => {
      const loaded = await load(context)
      return 'options' in loaded ? loaded : { options: loaded }
    },
  }
}

function completeSchema(given: SchemaDefinition): DynamicSchema {
  const { dependsOn = [], load } = typeof given === 'function' ? { load: given } : given
  return { dependsOn, load: (context) => load(context) }
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
