/** For everything in a drive. */
export const DRIVE_SCOPE = 'https://www.googleapis.com/auth/drive'

/** What people are asked for; a service account asks for the same. */
export const SCOPES = [
  { scope: DRIVE_SCOPE, description: 'See, create, change, share and delete your files in Google Drive' },
] as const
