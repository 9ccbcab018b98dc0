import type { IncidentView } from '#src/incidents/index.ts'
import type { Texts } from '#web/texts.ts'

type Reason = IncidentView['proposals'][number]['reasons'][number]

/** The desk's words are English in every language so far: so are the words that join them. */
const deskLang = 'en'

function one(t: Texts, reason: Reason): string {
  switch (reason.kind) {
    case 'distance':
      return t('incidents.reason.distance', { metres: reason.metres })
    case 'time':
      return t('incidents.reason.time', { minutes: reason.minutes })
    case 'activity':
      return t(`incidents.reason.activity-${reason.same ? 'same' : 'different'}`)
    case 'size':
      return t(`incidents.reason.size-${reason.same ? 'same' : 'different'}`)
    case 'words':
      return reason.shared.length > 0
        ? t('incidents.reason.words', {
            words: new Intl.ListFormat(deskLang).format(reason.shared),
          })
        : t('incidents.reason.words-alike')
    default:
      return t(`incidents.reason.${reason.kind}`)
  }
}

/** Why two accounts seem to be of one event, in words: "180 m apart, 12 min apart, both mention white van". */
export const reasonText = (t: Texts, reasons: readonly Reason[]): string =>
  new Intl.ListFormat(deskLang, { type: 'unit' }).format(reasons.map((reason) => one(t, reason)))
