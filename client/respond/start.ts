/** What the server put into a page that it drew: enough to go on with it without asking again. */
import { ApiFailure } from '../ui/api.ts'
import type { Assignment, Packet } from './api.ts'
import type { AppStart } from './app.tsx'
import type { Colleague } from './cases/colleague.ts'
import type { Held } from './list/held-page.tsx'
import { type ListSession, startSession } from './list/list-session.ts'
import type { MissingItem } from './list/send-list.ts'
import { speak, spokenLanguage } from './texts/languages.ts'

export interface Start {
  /** Null where nobody is logged in. */
  packet: Packet | null
  /** The list of the address; null when the address is of another page. */
  list: Assignment | null
  /** Of the page where nobody is logged in. */
  language?: string
  /** Somebody just logged out. */
  hasLeft?: boolean
  /** Why what is at the address cannot be had. */
  failure?: { code: ApiFailure['code']; details: Record<string, unknown> }
  /** What stands in text fields of a page that came as a form and cannot be taken as it is. */
  typed?: [string, string][]
  /** The questions that were left open when the list was sent as a form. */
  missing?: MissingItem[]
  /** What came as a form and may not take the place of newer answers unasked. */
  held?: Held
  /** What was filled in brought a question along, on the same page. */
  hasMore?: boolean
  /** A sealed item that is to be answered anew. */
  anew?: string
  /** A record of which it is asked whether it is to go. */
  removal?: string
  /** To whom a case is to go, as it came. */
  colleague?: Colleague
  /** The page came as a form on which something was left out. */
  isIncomplete?: boolean
}

/** Id of the element that holds it as JSON. */
export const startId = 'start'

/** What this page was drawn with; null for one that was not drawn. */
export function readStart(): Start | null {
  const element = document.getElementById(startId)
  return element?.textContent ? (JSON.parse(element.textContent) as Start) : null
}

/** The list of the address as it was drawn: the same where it is drawn and where one goes on with it. */
function startedSession({ list, typed, anew }: Start, language: string): ListSession | null {
  const session = list && startSession(list, language, { ...(typed && { typed }) })
  if (anew !== undefined) session?.engine.unseal(anew)
  return session
}

/** What the page at `path` begins with. */
export async function appStart(start: Start, path: string): Promise<AppStart> {
  const { packet, language = 'nl', failure, missing = null, held = null } = start
  const spoken = await speak(spokenLanguage([packet?.participant.language ?? language]))
  return {
    path,
    spoken,
    packet,
    hasLeft: start.hasLeft === true,
    session: startedSession(start, spoken.language),
    told: { failure: failure ? new ApiFailure(failure.code, failure.details) : null, missing, held, hasMore: start.hasMore === true },
    removal: start.removal ?? null,
    colleague: start.colleague ?? null,
    isIncomplete: start.isIncomplete === true,
    consents: {},
  }
}
