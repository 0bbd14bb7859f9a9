/** What stands in the way of something about a study, or of somebody who stops or comes back, by the server's code for it. */
import type { ApiFailure } from '../../ui/api.ts'
import type { Translator } from '../../ui/texts.ts'
import type { DeskTexts } from '../shell/language.tsx'

export const studyFaults = {
  closed: 'refusedClosed',
  'changed-meanwhile': 'refusedMeanwhile',
  open: 'refusedOpen',
  'other-region': 'refusedRegion',
  consent: 'leaveConsentFirst',
  active: 'refusedActive',
  'handed-over': 'refusedHandedOver',
  erased: 'refusedErased',
  'no-contact': 'refusedNoContact',
  stopped: 'faultStopped',
  'past-day': 'refusedPastDay',
  'no-date': 'faultDate',
  'other-lots': 'refusedLots',
  'other-protocol': 'refusedProtocol',
  'no-version': 'refusedVersion',
  'not-asked': 'refusedNotAsked',
  mistakes: 'refusedMistakes',
  'stand-ins': 'refusedStandIns',
  'two-norms': 'refusedTwoNorms',
  'lost-lists': 'refusedLostLists',
  'scores-otherwise': 'refusedOtherwise',
  'job-running': 'workOther',
  'not-looked': 'refusedNotLooked',
  'not-stopped': 'refusedNotStopped',
  'study there': 'fault_studyThere',
} as const satisfies Record<string, keyof DeskTexts>

/** Why it was refused. The server's own sentences are for other software, and in English: none of them is shown. */
export function refusedText({ say }: Pick<Translator<DeskTexts>, 'say'>, { code, details }: ApiFailure): string {
  const fault = String(details.fault)
  if (fault === 'unfit-case') return say('refusedUnfit', { case: String(details.case) })
  if (Object.hasOwn(studyFaults, fault)) return say(studyFaults[fault as keyof typeof studyFaults])
  if (code === 'unreachable') return say('unreachable')
  if (code === 'not-found') return say('goneSince')
  if (code === 'other-account') return say('otherAccountFault')
  if (code === 'not-possible') return say('refusedOther')
  return say(code === 'body-invalid' || code === 'query-invalid' ? 'refusedInput' : 'refusedFailed')
}
