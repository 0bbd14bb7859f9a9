/** What stands in the way of something about a study, or of somebody who stops or comes back, by the server's code for it. */
import type { DeskTexts } from '../shell/language.tsx'

export const studyFaults = {
  closed: 'refusedClosed',
  open: 'refusedOpen',
  'too-many-cases': 'refusedLarge',
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
  'unfit-case': 'refusedUnfit',
  'stand-ins': 'refusedStandIns',
  'study there': 'fault_studyThere',
} as const satisfies Record<string, keyof DeskTexts>

/** Of these the server's own words, in English, tell where it is. */
export const withDetails: readonly string[] = ['mistakes', 'unfit-case']
