/** Where Airtable takes files. */
export const UPLOADS = 'https://content.airtable.com'
