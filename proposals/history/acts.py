"""The closed list of what can happen; the journal knows no other act."""

from ..rules.words import Labelled


class Act(Labelled):
    """Ereignisart: what an event did, with the sentence a reader of the history sees."""

    SET_UP = "set_up", "Stammdaten angelegt"
    CREATED = "created", "Vorlage angelegt"
    DRAFTED = "drafted", "Entwurf bearbeitet"
    ATTACHED = "attached", "Anlage hinzugefügt"
    DETACHED = "detached", "Anlage entfernt"
    SUBMITTED = "submitted", "Zur Mitzeichnung gegeben"
    CO_SIGNED = "co_signed", "Mitzeichnung beantwortet"
    RELEASED = "released", "Freigegeben"
    RELEASE_REFUSED = "release_refused", "Vor der Freigabe zurückgegeben"
    FORM_CHECKED = "form_checked", "Formprüfung bestanden"
    FORMALLY_RETURNED = "formally_returned", "Formal zurückgegeben"
    SCHEDULED = "scheduled", "Auf die Tagesordnung gesetzt"
    INVITED = "invited", "Eingeladen"
    TREATED = "treated", "Ergebnis erfasst"
    CORRECTED = "corrected", "Ergebnis berichtigt"
    CONSULTATION_INSERTED = "consultation_inserted", "Beratung eingefügt"
    CONSULTATION_SKIPPED = "consultation_skipped", "Beratung übersprungen"
    WITHDRAWN = "withdrawn", "Zurückgezogen"
    MINUTES_SIGNED = "minutes_signed", "Protokoll unterschrieben"
    MINUTES_APPROVED = "minutes_approved", "Protokoll genehmigt"
    DOCUMENT_MADE = "document_made", "Dokument erzeugt"
