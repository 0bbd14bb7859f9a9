/** What happened while the clock was set ahead. */
import { localDay } from '../../protocols/local-time.ts'
import type { Event } from '../queries/events.ts'

/** How often an event of each kind was recorded, by local day. */
export interface Moved {
  from: string
  to: string
  days: { day: string; happened: { kind: string; wave: string | null; message: string | null; count: number }[] }[]
}

export function summarise(events: Pick<Event, 'at' | 'kind' | 'wave' | 'detail'>[], timeZone: string): Moved['days'] {
  const byDay = Map.groupBy(events, ({ at }) => localDay(at, timeZone).toString())
  return [...byDay].map(([day, ofDay]) => {
    const alike = Map.groupBy(ofDay, ({ kind, wave, detail }) => JSON.stringify([kind, wave, messageIn(detail)]))
    return {
      day,
      happened: [...alike.values()].flatMap((same) => {
        const [first] = same
        return first ? [{ kind: first.kind, wave: first.wave, message: messageIn(first.detail), count: same.length }] : []
      }),
    }
  })
}

const messageIn = (detail: Record<string, unknown> | null): string | null => (typeof detail?.message === 'string' ? detail.message : null)
