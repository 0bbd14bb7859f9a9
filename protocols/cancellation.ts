/** Why something that was planned is not to happen after all. */

/**
 * - completed: everything this message is about has been filled in
 * - stopped: the participant declined, withdrew or handed over
 * - no address: the participant has no mail address any more
 * - reminders stopped: the participant wants no reminders
 * - closed: the window would be over before the message goes out
 * - passed: the moment of this reminder has gone by while it was not planned
 * - not planned: the case no longer has it: another arm, an anchor taken back, a reminder the protocol dropped
 */
export type CancelReason = 'completed' | 'stopped' | 'no address' | 'reminders stopped' | 'closed' | 'passed' | 'not planned'

export interface Cancellation {
  id: string
  reason: CancelReason
}
