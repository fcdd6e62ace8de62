import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/file-messages.ts`. */
export const FILE = {
  'file.choose': 'Choisir un fichier…',
  'file.replace': 'Remplacer…',
  'file.remove': 'Retirer {name}',
  'file.drop': 'Déposez un fichier ici',
  'file.dropNow': 'Relâchez pour envoyer le fichier',
  'file.limit': '{limit} au maximum',
  'file.none': 'Aucun fichier choisi',
  'file.uploading': 'Envoi de {name} en cours',
  'file.chosen': '{name} est choisi',
  'file.tooLarge': 'Ce fichier est trop volumineux : {limit} au maximum.',
  'file.refused': 'Le fichier n’a pas été envoyé. {reason}',
  'file.onlyOne': 'Choisissez un seul fichier à la fois.',
  'issue.fileGone': '« {name} » a été supprimé ou appartient à quelqu’un d’autre. Choisissez à nouveau un fichier.',
  'file.fromStep': '…ou un fichier d’une étape précédente',
  'file.forTest': 'Fichier pour ce test : {name}',
  'file.forTestHelp': 'Remplace les données du champ pendant le test. L’automatisation elle-même ne change pas.',
} satisfies PartialMessages
