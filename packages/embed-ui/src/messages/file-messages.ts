/** Texts about files of a person's own, in fields and in tests. */
export const FILE_MESSAGES = {
  'file.choose': 'Choose a file…',
  'file.replace': 'Replace…',
  'file.remove': 'Remove {name}',
  'file.drop': 'Drop a file here',
  'file.dropNow': 'Let go to upload the file',
  'file.limit': 'Up to {limit}',
  'file.none': 'No file is chosen',
  'file.uploading': '{name} is being uploaded',
  'file.chosen': '{name} is chosen',
  'file.tooLarge': 'This file is too large: {limit} at most.',
  'file.refused': 'The file was not uploaded. {reason}',
  'file.onlyOne': 'Choose one file at a time.',
  'issue.fileGone': '“{name}” has been removed, or belongs to somebody else. Choose a file again.',
  'file.fromStep': '…or a file from an earlier step',
  'file.forTest': 'File for this test: {name}',
  'file.forTestHelp': 'Stands in for the data of the field while you test. The automation itself stays as it is.',
} as const
