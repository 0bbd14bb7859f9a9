/** Which part of a timeline is shown; the choice is in the address. Pure. */
export const kindsOfEntry = ['mail', 'answers', 'staff'] as const

export interface TimelineChoice {
  /** Pseudonym of a person; empty: everybody. */
  who: string
  wave: string
  /** mail: what went out or will; answers: what respondents did; staff: what staff did. */
  what: (typeof kindsOfEntry)[number] | ''
}

export function aboutIn(search: string): TimelineChoice {
  const parameters = new URLSearchParams(search)
  const what = parameters.get('what') ?? ''
  return {
    who: parameters.get('who') ?? '',
    wave: parameters.get('wave') ?? '',
    what: kindsOfEntry.find((kind) => kind === what) ?? '',
  }
}

interface Entry {
  kind: string
  participant: string | null
  wave: string | null
  message: string | null
  staff: string | null
  detail: Record<string, unknown>
}

const answering = ['started', 'completed', 'expired', 'opened', 'link opened', 'consent', 'wave opens', 'wave closes']

/** Whether an entry is part of what was chosen. */
export const isAbout = (entry: Entry, { who, wave, what }: TimelineChoice): boolean =>
  (who === '' || entry.participant === who || entry.detail.successor === who) &&
  (wave === '' || entry.wave === wave) &&
  (what === '' || kindOf(entry) === what)

function kindOf({ kind, message, staff }: Entry): TimelineChoice['what'] {
  if (staff !== null) return 'staff'
  if (message !== null) return 'mail'
  return answering.includes(kind) ? 'answers' : ''
}
