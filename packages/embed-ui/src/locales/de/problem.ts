import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/problem-messages.ts`. */
export const PROBLEM = {
  'problem.network': 'Keine Verbindung. Prüfen Sie Ihr Netzwerk und versuchen Sie es noch einmal.',
  'problem.unsent':
    'Diese Seite konnte nicht starten. Laden Sie sie neu. Wenn das nicht hilft, wenden Sie sich an die Administration dieses Produkts.',
  'problem.other': 'Das hat nicht geklappt. Wenn es so bleibt, nennen Sie dem Support diesen Code: {code}.',
  'problem.setup':
    'Diese Seite ist nicht richtig eingerichtet. Geben Sie das an die Administration dieses Produkts weiter: {code}.',
  'problem.gone': 'Das gibt es nicht mehr. Laden Sie die Seite neu.',
  'problem.changed': 'Das hat sich inzwischen geändert. Laden Sie die Seite neu.',
  'problem.unavailable':
    'Das ist gerade nicht verfügbar; es wurde nichts geändert. Versuchen Sie es in ein paar Sekunden noch einmal.',
  'problem.request.invalid': 'Eine Eingabe passt nicht.',
  'problem.request.malformed':
    'Darin steht ein Zeichen, das sich nicht speichern lässt. Entfernen Sie es und versuchen Sie es noch einmal.',
  'problem.idempotency.in_flight': 'Das läuft noch. Warten Sie einen Moment.',
  'problem.auth.required': 'Ihre Sitzung ist abgelaufen. Öffnen Sie diese Seite noch einmal.',
  'problem.auth.denied': 'Das ist Ihnen nicht erlaubt. Wenden Sie sich an die Administration dieses Produkts.',
  'problem.request.too_large': 'Das ist zu groß zum Speichern. Verwenden Sie weniger Daten.',
  'problem.limit.too_many_calls': 'Das war viel in kurzer Zeit. Versuchen Sie es in {time} noch einmal.',
  'problem.limit.too_many_failures': 'Zu viele Versuche sind fehlgeschlagen. Versuchen Sie es in {time} noch einmal.',
  'problem.customer.not_found': 'Diese Seite gehört zu einem Kunden, den es nicht mehr gibt.',
  'problem.workflow.not_found': 'Diese Automatisierung gibt es nicht mehr.',
  'problem.workflow.draft_conflict':
    'Jemand anderes hat es inzwischen geändert. Öffnen Sie es erneut und ändern Sie es noch einmal.',
  'problem.workflow.not_published': 'Veröffentlichen Sie diese Automatisierung zuerst.',
  'problem.workflow.disabled':
    'Diese Automatisierung ist ausgeschaltet. Schalten Sie sie zuerst ein oder starten Sie einen Test.',
  'problem.workflow.limit_reached':
    'Mehr Automatisierungen sind hier nicht möglich. Löschen Sie eine, die nicht gebraucht wird, oder wenden Sie sich an die Administration dieses Produkts.',
  'problem.workflow.templates_only': 'Automatisierungen entstehen hier aus Vorlagen. Wählen Sie eine aus.',
  'problem.workflow.pin_too_large': 'Das sind zu viele Daten zum Anheften.',
  'problem.workflow.too_many_pins':
    'Mehr Schritte mit angehefteten Daten sind nicht möglich. Lösen Sie zuerst die Daten eines anderen Schritts.',
  'problem.workflow_test.not_recordable':
    'Aus dieser Ausführung lässt sich kein Test machen: Sie ist nicht zu Ende oder ihre Daten werden nicht mehr aufbewahrt.',
  'problem.workflow_test.too_many': 'Mehr Tests sind hier nicht möglich. Löschen Sie einen, der nicht gebraucht wird.',
  'problem.template.invalid':
    'Diese Vorlage funktioniert gerade nicht. Wählen Sie eine andere oder wenden Sie sich an die Administration dieses Produkts.',
  'problem.automation.settings_invalid': 'Einige Einstellungen fehlen oder passen nicht. Prüfen Sie die Felder.',
  'problem.automation.account_missing': 'Es fehlt ein Konto. Verbinden Sie es zuerst.',
  'problem.automation.draft_invalid':
    'Diese Automatisierung wurde geändert und ist fehlerhaft. Öffnen und korrigieren Sie sie oder löschen Sie sie und schalten Sie sie neu ein.',
  'problem.journal.invalid_slot':
    'Die Begrenzung dieser Automatisierung ergibt keinen brauchbaren Wert. Korrigieren Sie den Ausdruck in den Einstellungen.',
  'problem.version.not_found': 'Diese Version gibt es nicht mehr.',
  'problem.definition.invalid': 'Es gibt Probleme, die zuerst behoben werden müssen.',
  'problem.run.not_found': 'Diese Ausführung gibt es nicht mehr.',
  'problem.run.version_gone': 'Die Automatisierung dieser Ausführung wurde gelöscht, sie kann nicht weitergehen.',
  'problem.run.has_ended': 'Diese Ausführung ist schon zu Ende.',
  'problem.run.not_ended': 'Diese Ausführung läuft noch.',
  'problem.run.succeeded': 'Diese Ausführung war erfolgreich: Es bleibt nichts zu tun.',
  'problem.run.not_suspended': 'Diese Ausführung ist nicht angehalten.',
  'problem.run.not_executable':
    'Diese Ausführung kann nicht weitergehen: Etwas, das sie braucht, gibt es nicht mehr. Veröffentlichen Sie die Automatisierung noch einmal und starten Sie sie neu.',
  'problem.run.fork_changed':
    'Die neueste Version ist vor diesem Schritt anders. Wählen Sie die ausgeführte Version oder beginnen Sie von vorn.',
  'problem.run.step_in_loop':
    'Innerhalb einer Schleife kann es nicht beginnen. Wählen Sie die Schleife oder einen Schritt außerhalb.',
  'problem.run.output_not_found': 'Dieser Schritt hat noch nichts ergeben.',
  'problem.run.output_gone': 'Was dieser Schritt ergeben hat, wird nicht mehr aufbewahrt.',
  'problem.connection.not_found': 'Dieses Konto gibt es nicht mehr. Wählen Sie ein anderes.',
  'problem.connection.invalid': 'Zum Verbinden dieses Kontos fehlt etwas. Prüfen Sie die Felder.',
  'problem.connection.test_failed': 'Der Dienst hat das Konto nicht angenommen: {detail}',
  'problem.connection.needs_authorization': 'Dieses Konto wird durch Anmelden beim Dienst verbunden.',
  'problem.connector.not_found': 'Diese App ist hier nicht mehr verfügbar.',
  'problem.connector.disabled':
    'Diese App ist hier ausgeschaltet. Wenden Sie sich an die Administration dieses Produkts.',
  'problem.connector.not_offered':
    'Diese App wird hier nicht angeboten. Nehmen Sie eine andere oder wenden Sie sich an die Administration dieses Produkts.',
  'problem.oauth.no_client':
    'Die Anmeldung bei diesem Dienst ist hier noch nicht eingerichtet. Wenden Sie sich an die Administration dieses Produkts.',
  'problem.oauth.too_many': 'Es laufen zu viele Anmeldungen. Schließen Sie sie ab oder warten Sie zehn Minuten.',
  'problem.oauth.service_error': 'Der Dienst hat die Anmeldung nicht zugelassen: {detail}',
  'problem.oauth.access_denied': 'Das Konto wurde nicht verbunden: Der Zugriff wurde abgelehnt.',
  'problem.oauth.not_yours': 'Jemand anderes hat diese Anmeldung begonnen. Beginnen Sie eine eigene.',
  'problem.oauth.not_confirmable': 'Diese Anmeldung ist beendet. Beginnen Sie eine neue.',
  'problem.oauth.authorization_not_found': 'Diese Anmeldung ist nicht mehr bekannt. Beginnen Sie eine neue.',
  'problem.approval.not_found':
    'Hier ist nichts mehr zu entscheiden: Es wurde entschieden oder die Ausführung ist zu Ende.',
  'problem.approval.already_decided': 'Das wurde bereits entschieden; die erste Entscheidung gilt.',
  'problem.approval.not_assigned': 'Um diese Entscheidung wird jemand anderes gebeten.',
  'problem.approval.link_only': 'Das kann nur über den Link entschieden werden.',
  'problem.file.too_large': 'Sie ist größer, als Dateien hier sein dürfen. Wählen Sie eine kleinere.',
  'problem.file.media_type': 'Dateien dieser Art werden hier nicht angenommen.',
  'problem.file.not_kept': 'Dateien können hier nicht aufbewahrt werden. Fragen Sie, wer dieses Produkt verwaltet.',
  'problem.file.not_found': 'Sie wird nicht mehr aufbewahrt. Wählen Sie sie noch einmal.',
  'problem.file.too_many': 'Es werden bereits mehrere Dateien hochgeladen. Versuchen Sie es in {time} noch einmal.',
  'problem.assistant.unavailable': 'Automatisierungen lassen sich hier nicht in Worten beschreiben.',
  'problem.assistant.failed':
    'Aus der Beschreibung wurde keine Automatisierung. Versuchen Sie andere Worte oder beginnen Sie mit einer Vorlage.',
  'issue.noMember': 'Die App hat diese Aktion oder diesen Auslöser nicht mehr. Wählen Sie etwas anderes.',
  'issue.noApp': 'Diese App ist hier nicht verfügbar.',
  'issue.noVersion': 'Diese Version der App ist hier nicht mehr verfügbar.',
  'issue.notOffered':
    'Das wird hier nicht angeboten. Entfernen Sie es oder wenden Sie sich an die Administration dieses Produkts.',
  'issue.undoUndo': 'Was einen Schritt rückgängig macht, lässt sich nicht selbst rückgängig machen.',
  'issue.retryOnly': 'Nur Aktionen lassen sich wiederholen. Stellen Sie das bei den Aktionen darin ein.',
  'issue.timeoutOnly': 'Nur Aktionen und Code haben ein Zeitlimit. Stellen Sie es bei den Schritten darin ein.',
  'issue.noWeight': 'Geben Sie mindestens einer Variante ein Gewicht über 0.',
  'issue.waitKind': 'Wählen Sie genau eine Sache, auf die gewartet wird.',
  'issue.waitSteps': 'Nur Freigaben und Rückrufe können andere benachrichtigen.',
  'issue.noBranch': 'Fügen Sie mindestens einen Zweig hinzu.',
  'issue.tryNeeds': 'Legen Sie fest, was nach einem Fehler oder in jedem Fall geschieht.',
  'issue.minute': 'Geben Sie mindestens eine Minute an.',
  'issue.noZone': 'Diese Zeitzone ist nicht bekannt.',
  'issue.scheduleOne': 'Wählen Sie feste Zeiten oder ein Intervall.',
  'issue.tooOften': 'So oft darf es hier nicht starten. Wählen Sie ein längeres Intervall.',
  'issue.cronParts':
    'Nötig sind fünf Teile: Minute, Stunde, Tag des Monats, Monat, Wochentag. Zum Beispiel 0 9 * * 1-5.',
  'issue.cronPart':
    'Einer der fünf Teile ist keine Zahl, kein Bereich wie 1-5 und kein * für jeden. Zum Beispiel 0 9 * * 1-5.',
  'issue.cronNever': 'Einen solchen Tag gibt es nicht: Das würde nie starten.',
  'issue.noExpression': 'Hier lassen sich keine Daten verwenden: Es ist noch nichts geschehen.',
  'issue.beforeRun': 'Hier lassen sich nur Daten des Auslösers, des Kunden und des Produkts verwenden.',
  'issue.emptyExpression': 'Schreiben Sie einen Ausdruck oder wählen Sie Daten.',
  'issue.openBraces': 'Auf {{ muss }} folgen.',
  'issue.brokenExpression': 'Dieser Ausdruck endet zu früh oder hat ein Zeichen zu viel.',
  'issue.noFunction': 'Eine Funktion {name} gibt es nicht. Die Liste der Funktionen zeigt alle.',
  'issue.unknownName': '{name} ist hier nicht bekannt. Wählen Sie Daten aus der Liste.',
  'issue.badName': 'Beginnen Sie mit einem Kleinbuchstaben und verwenden Sie nur Kleinbuchstaben, Ziffern und _.',
  'issue.usedTwice': 'Ein anderer Schritt hat diesen Namen in Ausdrücken. Wählen Sie einen anderen.',
  'issue.tooManySteps': 'Insgesamt sind {limit} Schritte möglich. Machen Sie mehrere Automatisierungen daraus.',
  'issue.tooDeep': 'Blöcke lassen sich {limit}-fach verschachteln.',
  'issue.didYouMean': 'Meinten Sie {name}?',
  'issue.notJson': 'Das lässt sich nicht lesen: Es müssen reine Daten sein.',
  'issue.dataTooDeep': 'Listen und Objekte lassen sich {limit}-fach verschachteln.',
  'issue.tooMuchData': 'Das ist mehr, als eine Automatisierung aufnehmen kann. Bewahren Sie große Daten woanders auf.',
  'issue.forbiddenName': 'Der Name {name} ist nicht möglich. Wählen Sie einen anderen.',
  'issue.format.email': 'Hier ist eine E-Mail-Adresse nötig.',
  'issue.format.url': 'Hier ist eine Webadresse nötig, zum Beispiel https://example.com.',
  'issue.format.date': 'Hier ist ein Datum nötig, zum Beispiel 2026-01-31.',
  'issue.format.moment': 'Hier sind Datum und Uhrzeit nötig, zum Beispiel 2026-01-31T09:00:00Z.',
  'issue.format.other': 'Das ist nicht in der nötigen Form geschrieben.',
  'issue.multipleOf': 'Hier ist ein Vielfaches von {step} nötig.',
  'issue.moreThan': 'Hier ist mehr als {limit} nötig.',
  'issue.lessThan': 'Hier ist weniger als {limit} nötig.',
  'issue.noTime': 'Geben Sie eine Zeit an, die länger als null ist.',
  'issue.debounceTimeout': 'Das muss mindestens {period} sein: Sonst hat die Wartezeit davor keine Wirkung.',
  'issue.debounceOrBatch': 'Starts lassen sich entweder verzögern oder sammeln. Lassen Sie eines von beiden weg.',
  'issue.noCaller':
    'Hier kann niemand eine Antwort erhalten: Das startet erst, wenn der Aufrufer fort ist. Entfernen Sie diesen Schritt.',
  'issue.appBroken':
    'Diese App lässt sich im Moment nicht laden. Versuchen Sie es später noch einmal oder wenden Sie sich an die Administration dieses Produkts.',
  'issue.permissions':
    'Dem Konto „{connection}“ fehlen Berechtigungen: {permissions}. Verbinden Sie es neu und erlauben Sie diese.',
  'issue.nestedExpression': 'Dieser Ausdruck ist zu tief verschachtelt. Machen Sie mehrere Schritte daraus.',
  'issue.oneExpression': 'Schreiben Sie hier einen einzigen Ausdruck, ohne Text darum herum.',
  'issue.callAs': 'Diese Funktion wird so geschrieben: {signature}.',
  'issue.notCallable': 'Nur die Funktionen der Liste lassen sich verwenden.',
  'issue.functionHere': 'Eine Funktion wie x => x.name kann nur dort stehen, wo die Liste der Funktionen eine zeigt.',
  'issue.assignment': 'Hier lässt sich nichts zuweisen. Schreiben Sie ===, um zu vergleichen.',
  'issue.pattern': 'Schreiben Sie ein Muster als Text: matches(text, pattern).',
  'issue.numberTooLarge': 'Diese Zahl ist zu groß.',
  'issue.unsupported': '{sign} lässt sich in Ausdrücken nicht verwenden.',
  'issue.more': 'Es gibt {limit} weitere Probleme. Beheben Sie zuerst diese.',
} as const satisfies PartialMessages
