/** Which text says what happened. */
import type { nl } from './nl.ts'

type Plain = Extract<keyof typeof nl, `event${string}` | `due${string}` | 'waveOpens' | 'waveCloses'>

const texts: Record<string, Plain> = {
  registered: 'eventRegistered',
  allocated: 'eventAllocated',
  planned: 'eventPlanned',
  opened: 'eventOpened',
  expired: 'eventExpired',
  'message postponed': 'eventMessagePostponed',
  'message refused': 'eventMessageRefused',
  'message unknown': 'eventMessageUnknown',
  'message returned': 'eventMessageReturned',
  'message cancelled': 'eventMessageCancelled',
  'link opened': 'eventLinkOpened',
  consent: 'eventConsent',
  started: 'eventStarted',
  completed: 'eventCompleted',
  declined: 'eventDeclined',
  withdrawn: 'eventWithdrawn',
  'answers erased': 'eventAnswersErased',
  'contact data removed': 'eventContactDataRemoved',
  'reminders stopped': 'eventRemindersStopped',
  'reminders wanted': 'eventRemindersWanted',
  'reason recorded': 'eventReasonRecorded',
  'participant added': 'eventParticipantAdded',
  'handed over': 'eventHandedOver',
  'child added': 'eventChildAdded',
  'child removed': 'eventChildRemoved',
  'participant removed': 'eventParticipantRemoved',
  'called off': 'eventCalledOff',
  'calling off undone': 'eventCallingOffUndone',
  moved: 'eventMoved',
  'contact attempt': 'eventContactAttempt',
  matched: 'eventMatched',
  'match undone': 'eventMatchUndone',
  'sample drawn': 'eventSampleDrawn',
  sampled: 'eventSampled',
  'sample replaced': 'eventSampleReplaced',
  'anchors set': 'eventAnchorsSet',
  'case corrected': 'eventCaseCorrected',
  'case taken out': 'eventCaseTakenOut',
  'case put back': 'eventCasePutBack',
  'person corrected': 'eventPersonCorrected',
  'address corrected': 'eventAddressCorrected',
  'address added': 'eventAddressAdded',
  'address removed': 'eventAddressRemoved',
  'contact data corrected': 'eventContactDataCorrected',
  'sent again': 'eventSentAgain',
  'window extended': 'eventWindowExtended',
  'not reachable': 'eventNotReachable',
  'reachable again': 'eventReachableAgain',
  'norms adopted': 'eventNormsAdopted',
  'version adopted': 'eventVersionAdopted',
  rescored: 'eventRescored',
  'brought back': 'eventBroughtBack',
  'study changed': 'eventStudyChanged',
  'mail text changed': 'eventMailTextChanged',
  'study closed': 'eventStudyClosed',
  'study reopened': 'eventStudyReopened',
  'task done': 'eventTaskDone',
  'entry begun': 'eventEntryBegun',
  'entry discarded': 'eventEntryDiscarded',
  'entry taken over': 'eventEntryTakenOver',
  'typings compared': 'eventTypingsCompared',
  'value changed': 'eventValueChanged',
  'wave opens': 'waveOpens',
  'wave closes': 'waveCloses',
}

/** The text for a kind of event or of what is to come; `message` is the kind of mail that it is about. */
export function eventText(kind: string, message: string | null): Plain {
  const isConfirmation = message?.endsWith(' confirmation')
  if (kind === 'message sent' && message?.startsWith('invitation ')) return 'eventRepeatSent'
  if (kind === 'message sent')
    return isConfirmation ? 'eventSentConfirmation' : message === 'invitation' ? 'eventSentInvitation' : 'eventSentReminder'
  if (kind === 'message due' && message?.startsWith('invitation ')) return 'dueRepeat'
  if (kind === 'message due') return isConfirmation ? 'dueConfirmation' : message === 'invitation' ? 'dueInvitation' : 'dueReminder'
  return texts[kind] ?? 'eventOther'
}
