/** Which calm page goes with which failure. */
import type { ApiFailure } from '../../ui/api.ts'

export interface CalmState {
  /** Names the texts: `<name>Title` and `<name>`. */
  name: 'noSession' | 'unknown' | 'completed' | 'expired' | 'cancelled' | 'notYet' | 'away' | 'trouble'
  todo: 'nothing' | 'retry' | 'packet'
}

export function calmState({ code, details }: Pick<ApiFailure, 'code' | 'details'>): CalmState {
  switch (code) {
    case 'no-session':
      return { name: 'noSession', todo: 'nothing' }
    case 'unreachable':
    case 'server-outdated':
      return { name: 'away', todo: 'retry' }
    case 'assignment-unknown':
    case 'not-found':
      return { name: 'unknown', todo: 'packet' }
    case 'assignment-closed':
      return { name: closedName[String(details.state)] ?? 'expired', todo: 'packet' }
    default:
      return { name: 'trouble', todo: 'retry' }
  }
}

/** By the state of the assignment. */
const closedName: Record<string, CalmState['name']> = {
  completed: 'completed',
  expired: 'expired',
  cancelled: 'cancelled',
  scheduled: 'notYet',
}
