import type { PartialMessages } from '../../messages/messages.js'

/** Texts about tests that are kept with a workflow. */
export const TEST = {
  'tests.title': 'Tests',
  'testFiles.file': 'Fichier',
  'testFiles.stored': 'Fichier enregistré pour {name}',
  'testFiles.storedChoose': '…ou celui d’une exécution précédente',
  'testFiles.help': 'Se trouve dans les données sous {path}.',
  'tests.run': 'Relancer',
  'tests.running': 'En cours…',
  'tests.allPassed': {
    one: 'Le test réussit avec ce brouillon',
    other: 'Les {count} tests réussissent avec ce brouillon',
  },
  'tests.someFailed': { one: '{count} test trouve une différence', other: '{count} tests trouvent des différences' },
  'tests.passed': 'Réussi',
  'tests.failed': 'Échec',
  'tests.none': 'Pas encore lancé',
  'tests.accept': 'C’est correct : à attendre désormais',
  'tests.delete': 'Supprimer le test {name}',
  'tests.invalid': 'Le brouillon a un problème : {message}',
  'tests.ended': 'La fin n’est pas la même qu’avant.',
  'tests.broke': 'Échec : {reason}',
  'tests.brokeAt': 'Échec à « {step} » : {reason}',
  'tests.missing': '« {step} » n’a plus été exécutée.',
  'tests.unexpected': '« {step} » a été exécutée, contrairement à avant.',
  'tests.unknown':
    '« {step} » s’exécuterait maintenant. Son résultat n’a jamais été enregistré : exécutez le workflow et enregistrez cette exécution comme test.',
  'tests.output': '« {step} » a donné {actual} au lieu de {expected}.',
  'tests.save': 'Enregistrer comme test',
  'tests.saveTitle': 'Enregistrer cette exécution comme test',
  'tests.saveText':
    'Vous verrez désormais avant de publier si le workflow fait toujours la même chose avec ces données. Les tests n’envoient rien : les comptes et services répondent comme dans cette exécution.',
  'tests.saveAction': 'Enregistrer le test',
  'tests.saved': 'Le test est enregistré',
  'tests.savedText': 'Il s’exécute chaque fois avant la publication.',
  'tests.name': 'Nom',
  'tests.nameHelp': 'Ce qu’il montre, par exemple « Une grosse commande va à l’équipe commerciale ».',
} as const satisfies PartialMessages
