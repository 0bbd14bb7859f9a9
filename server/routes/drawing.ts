/** What the server draws the respondent's pages with: dist/draw/draw.js, built from client/respond/draw.tsx. */
import type { Answers } from '../../instruments/schema.ts'
import type { Drawn } from '../pages/drawn.ts'
import type { RefusalCode } from '../refusal.ts'
import type { Packet } from '../workflow/packet.ts'
import type { assignmentToFillIn } from '../workflow/save-draft.ts'

export type Fields = [name: string, value: string][]

/** What a page is drawn from, as the respondent's page takes it: `Start` in client/respond/start.ts. */
export interface Start {
  packet: Packet | null
  list: Awaited<ReturnType<typeof assignmentToFillIn>> | null
  language?: string
  hasLeft?: boolean
  failure?: { code: RefusalCode; details: Record<string, unknown> }
  typed?: Fields
  missing?: { item: string; page: string; required: boolean }[]
  held?: Held
  hasMore?: boolean
  anew?: string
  removal?: string
  colleague?: { name: string; email: string; problems: Record<string, string>; isChecking: boolean }
  isIncomplete?: boolean
}

interface Held {
  fields: Fields
  wanted: string
  revision: number
  here: number
  there: number
  savedAt: string
  timeZone: string
}

export interface Drawing {
  draw(start: Start, path: string): Promise<Drawn | null>
  readPosted(start: Start, fields: Fields): PostedPage | null
  afterPosted(start: Start, posted: PostedPage): { page: string; more: string | null } | null
}

/** As client/respond/list/posted-page.ts reads it. */
export interface PostedPage {
  step: { does: string; of: string }
  revision: number | null
  answers: Answers
  page: string
  sealed: string[]
  typed: Fields
  isSound: boolean
  differs: string[]
  filledIn: number
  asksFirst: boolean
  asked: string[]
}
