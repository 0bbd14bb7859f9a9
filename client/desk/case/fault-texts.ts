/** What an action says when the server does not take it. */
import type { ApiFailure } from '../../ui/api.ts'
import type { useDesk } from '../shell/language.tsx'
import type { faultsNl } from '../texts/faults.ts'

type Say = ReturnType<typeof useDesk>['say']
type Text = Extract<keyof typeof faultsNl, `fault${string}`>

const byField: Record<string, Text> = {
  email: 'faultEmail',
  telephone: 'faultTelephone',
  name: 'faultName',
  lastDay: 'faultDate',
  birthMonth: 'faultMonth',
  text: 'faultEmpty',
  region: 'faultRegion',
  nextOn: 'faultNextOn',
  triedOn: 'faultTriedOn',
  reaching: 'faultReaching',
}

export const byFault: Record<string, Text> = {
  'known-person': 'faultKnownPerson',
  stopped: 'faultStopped',
  'same-place': 'faultSamePlace',
  'by-lot': 'faultByLot',
  'nothing-changed': 'faultNothingChanged',
  unfit: 'faultUnfit',
  matched: 'faultMatched',
  'nothing-to-call-off': 'faultNothingToCallOff',
  'not-called-off': 'faultNotCalledOff',
  'no-contact-data': 'faultNoContactData',
  'no-mail': 'faultNoMail',
  'address-refused': 'faultAddressRefused',
  'nothing-open': 'faultNothingOpen',
  'said-no': 'faultSaidNo',
  'under-way': 'faultUnderWay',
  'last-day': 'faultLastDay',
  reachable: 'faultReachable',
  unreachable: 'faultUnreachable',
  'no-index': 'faultNoIndex',
  'not-matched': 'faultNotMatched',
  'no-matching': 'faultNoMatching',
  'index-cohort': 'faultIndexCohort',
  criteria: 'faultCriteria',
  'role-in-use': 'faultRoleInUse',
  'role-needs-address': 'faultRoleNeedsAddress',
  'no-child': 'faultNoChild',
  'scores-otherwise': 'faultScoresOtherwise',
  'participant-in-use': 'faultParticipantInUse',
  'last-participant': 'faultLastParticipant',
  'index-child-in-use': 'faultIndexChildInUse',
  'mistaken-case': 'faultMistakenCase',
  'case-in-use': 'faultCaseInUse',
  'same-as': 'faultSameAs',
  'no-other': 'faultNoOther',
  answered: 'faultAnswered',
  'both-answered': 'faultBothAnswered',
  'other-way': 'faultOtherWay',
  sampled: 'faultSampled',
  compared: 'faultCompared',
  stays: 'faultStays',
  'no-contact': 'faultNoContact',
  'no-month': 'faultMonth',
  'no-day': 'faultDate',
  'no-address': 'faultEmail',
  'no-telephone': 'faultTelephone',
  'no-participant': 'faultNoParticipant',
  'which-participant': 'faultNoParticipant',
  'no-list': 'faultNoList',
  'which-list': 'faultNoList',
  'no-purpose': 'faultNoPurpose',
  'no-anchor': 'faultNoAnchor',
  'no-reason': 'faultNoReason',
}

/** What is wrong by field, where the server named fields. */
export function fieldFault({ code, details }: ApiFailure, say: Say): Record<string, string> {
  if (code === 'change-refused' && details.fault === 'last-day') return { lastDay: say('faultLastDay') }
  if (code !== 'entry-invalid') return {}
  const problems = Array.isArray(details.problems) ? (details.problems as { field: string }[]) : []
  return Object.fromEntries(
    problems.map(({ field }) => [
      field,
      say(byField[field.replace(/^children\.\d+$/, 'birthMonth')] ?? (field.startsWith('anchors.') ? 'faultDate' : 'faultField')),
    ]),
  )
}

/** What is wrong with the whole. What has no words of its own is told as such: the server's are for other software, and in English. */
export function refusalText({ code, details }: ApiFailure, say: Say): string {
  if (code === 'unreachable') return say('faultUnreachableServer')
  if (code === 'not-allowed') return say('faultNotAllowed')
  if (code === 'not-signed-in') return say('faultSignedOut')
  if (code === 'not-found') return say('faultGone')
  if (code !== 'change-refused') return say('faultUnexpected')
  return say(byFault[String(details.fault)] ?? 'faultOther')
}
