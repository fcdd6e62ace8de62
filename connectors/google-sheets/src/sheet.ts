import { type FormContext, type JsonObject, type OptionsContext, type ServiceContext, z } from '@inlay/sdk/connector'
import { google } from './google-api.js'

/** The fields by which forms name a sheet. */
export const sheetFields = {
  spreadsheet: z
    .string()
    .min(1)
    .meta({ title: 'Spreadsheet', description: 'Its id, which is in its address.', examples: ['1example'] }),
  sheet: z
    .string()
    .min(1)
    .meta({ title: 'Sheet', description: 'The name on its tab.', examples: ['Orders'] }),
}

/** The field that says which row names the columns. */
export const headerRowField = z.coerce
  .number()
  .int()
  .min(1)
  .default(1)
  .meta({ title: 'Row with the names of columns', description: 'Rows above it are left alone.' })

/** The path of a spreadsheet in the API. */
export function spreadsheetPath(spreadsheet: string): string {
  return `/v4/spreadsheets/${encodeURIComponent(spreadsheet)}`
}

/** A range of a sheet in A1 notation, for a path: names in quotes, quotes doubled. */
export function rangeOf(sheet: string, cells?: string): string {
  const name = `'${sheet.replace(/'/g, "''")}'`
  return encodeURIComponent(cells === undefined ? name : `${name}!${cells}`)
}

/** The letters of a column, counted from 0: A, Z, AA. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26) - 1
  return `${rest < 0 ? '' : columnLetters(rest)}${String.fromCharCode(65 + (index % 26))}`
}

/** Files of Drive that are spreadsheets, lately changed ones first; narrowed by name at Google. */
export const spreadsheetOptions = {
  isSearchable: true,
  load: async (context: OptionsContext) => {
    const name = context.search.replace(/[\\']/g, (char) => `\\${char}`)
    const { files, nextPageToken } = await google.call(context, {
      url: 'https://www.googleapis.com/drive/v3/files',
      query: {
        q: `mimeType='application/vnd.google-apps.spreadsheet' and trashed=false${name === '' ? '' : ` and name contains '${name}'`}`,
        fields: 'nextPageToken,files(id,name)',
        orderBy: 'modifiedTime desc',
        pageSize: 100,
        pageToken: context.cursor,
        supportsAllDrives: true,
        includeItemsFromAllDrives: true,
      },
      answer: z.object({
        files: z.array(z.object({ id: z.string(), name: z.string() })),
        nextPageToken: z.string().optional(),
      }),
    })
    return {
      options: files.map(({ id, name: label }) => ({ value: id, label })),
      ...(nextPageToken === undefined ? {} : { nextCursor: nextPageToken }),
    }
  },
}

/** What the API tells of a sheet. */
export const sheetSchema = z.object({
  sheetId: z.number().meta({ title: 'Id' }),
  title: z.string().meta({ title: 'Name' }),
  index: z.number().default(0).meta({ title: 'Position' }),
})

/** The sheets of a spreadsheet. */
export async function readSheets(context: ServiceContext, spreadsheet: string) {
  const { sheets } = await google.call(context, {
    url: spreadsheetPath(spreadsheet),
    query: { fields: 'sheets.properties(sheetId,title,index)' },
    answer: z.object({ sheets: z.array(z.object({ properties: sheetSchema })) }),
  })
  return sheets.map(({ properties }) => properties)
}

/** The sheets of the spreadsheet in the form. */
export const sheetOptions = {
  dependsOn: ['spreadsheet'],
  load: async (context: OptionsContext) =>
    (await readSheets(context, String(context.input['spreadsheet'] ?? ''))).map(({ title }) => ({
      value: title,
      label: title,
    })),
}

/** A form with the columns of the sheet. */
export const rowSchemaLoader = {
  dependsOn: ['spreadsheet', 'sheet', 'headerRow'],
  load: async (context: FormContext): Promise<JsonObject> => {
    const { spreadsheet = '', sheet = '', headerRow = 1 } = context.input
    const place = { spreadsheet: String(spreadsheet), sheet: String(sheet), headerRow: Number(headerRow) || 1 }
    const names = (await readColumns(context, place)).filter((name) => name !== '')
    const properties = Object.fromEntries(names.map((name) => [name, { title: name, type: CELL_TYPES }]))
    return { type: 'object', properties, additionalProperties: false }
  },
}

const CELL_TYPES = ['string', 'number', 'boolean', 'null']

/** Where a table is. */
export interface SheetPlace {
  readonly spreadsheet: string
  readonly sheet: string
  readonly headerRow: number
}

const columnsSchema = z.object({ range: z.string(), values: z.array(z.array(z.unknown())).optional() })

/** The names of the columns, from the left; empty where a column has none. */
export async function readColumns(context: ServiceContext, place: SheetPlace): Promise<string[]> {
  const { values } = await google.call(context, {
    url: `${spreadsheetPath(place.spreadsheet)}/values/${rangeOf(place.sheet, `${place.headerRow}:${place.headerRow}`)}`,
    answer: columnsSchema,
  })
  return (values?.[0] ?? []).map((name) => String(name).trim())
}

/** The columns of the sheet in the form. */
export const columnOptions = {
  dependsOn: ['spreadsheet', 'sheet'],
  load: async (context: OptionsContext) => {
    const { spreadsheet = '', sheet = '', headerRow = 1 } = context.input
    const place = { spreadsheet: String(spreadsheet), sheet: String(sheet), headerRow: Number(headerRow) || 1 }
    const names = (await readColumns(context, place)).filter((name) => name !== '')
    return names.map((name) => ({ value: name, label: name }))
  },
}
