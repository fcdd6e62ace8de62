import { defineConnector } from '@inlay/sdk/connector'
import { copyFile } from './actions/copy-file.js'
import { createFolder } from './actions/create-folder.js'
import { deleteFile } from './actions/delete-file.js'
import { downloadFile } from './actions/download-file.js'
import { getFile } from './actions/get-file.js'
import { moveFile } from './actions/move-file.js'
import { searchFiles } from './actions/search-files.js'
import { shareFile } from './actions/share-file.js'
import { uploadFile } from './actions/upload-file.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { changedFile } from './triggers/changed-file.js'
import { newFile } from './triggers/new-file.js'

/** Files and folders in Google Drive. */
export const connector = defineConnector({
  id: 'google-drive',
  version: '1.0.0',
  name: 'Google Drive',
  description: 'Upload, download, find, move, copy and share files in Google Drive.',
  icon,
  color: '#4285f4',
  categories: ['files', 'productivity'],
  docs: [
    'Sign in with Google; or paste the JSON key of a service account, and share folders with its address.',
    '',
    'The Drive API must be enabled in the Google Cloud project of the OAuth client or the service account. The scope is restricted: Google reviews apps that ask people outside of their own organisation for it.',
    '',
    'Shared drives work too. Documents of Google are downloaded in Office formats, or as you choose.',
  ].join('\n'),
  auth,
  api: { baseUrl: 'https://www.googleapis.com' },
  actions: {
    uploadFile,
    downloadFile,
    createFolder,
    searchFiles,
    getFile,
    moveFile,
    copyFile,
    shareFile,
    deleteFile,
  },
  triggers: { newFile, changedFile },
})
