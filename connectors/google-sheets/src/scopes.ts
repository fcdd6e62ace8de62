/** For what is read and written in spreadsheets. */
export const SHEETS_SCOPE = 'https://www.googleapis.com/auth/spreadsheets'

/** What people are asked for; a service account asks for the same. */
export const SCOPES = [
  { scope: SHEETS_SCOPE, description: 'Read and change your spreadsheets' },
  {
    scope: 'https://www.googleapis.com/auth/drive.metadata.readonly',
    description: 'See the names of your files, so that you can choose a spreadsheet by name',
  },
] as const
