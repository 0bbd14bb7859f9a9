/** When a wave of a case falls, and between which moments it is open. */
import { localDay, parseDay, startOfDay } from './local-time.ts'
import type { Wave } from './schema.ts'

export interface WaveDates {
  /** The anchor from which the wave counts in this case. */
  anchor: string
  /** Anchor plus offset. */
  target: Temporal.PlainDate
  /** First and last day of the window, both in it. */
  firstDay: Temporal.PlainDate
  lastDay: Temporal.PlainDate
  /** The window as moments; it is over at `closesAt`, midnight after the last day. */
  opensAt: string
  closesAt: string
}

/**
 * The dates of a wave, or undefined while the case has none of its anchors.
 *
 * Months are added to the anchor and to nothing else, and a day that the month does not have becomes its last:
 * 31 May + 9 months is 28 or 29 February. Days come after months. A window that counts from registration closes so many days
 * after the target, or after the day of `registeredAt` when that is later.
 */
export function waveDates(
  wave: Pick<Wave, 'anchors' | 'offset'> & { window: Window },
  anchors: Record<string, string>,
  timeZone: string,
  registeredAt = '',
): WaveDates | undefined {
  const anchor = wave.anchors.find((name) => Object.hasOwn(anchors, name))
  const date = anchor === undefined ? undefined : anchors[anchor]
  if (anchor === undefined || date === undefined) return undefined
  const target = parseDay(date).add(wave.offset, { overflow: 'constrain' })
  const firstDay = target.add({ days: wave.window.opens })
  const lastDay = closingFrom(target, wave.window, registeredAt, timeZone).add({ days: wave.window.closes })
  return {
    anchor,
    target,
    firstDay,
    lastDay,
    opensAt: startOfDay(firstDay, timeZone),
    closesAt: startOfDay(lastDay.add({ days: 1 }), timeZone),
  }
}

/** The window of a wave, or of a role that works at its own pace. */
type Window = Wave['window'] & { fromRegistration?: boolean }

function closingFrom(target: Temporal.PlainDate, { fromRegistration }: Window, registeredAt: string, timeZone: string): Temporal.PlainDate {
  if (!fromRegistration || registeredAt === '') return target
  const registered = localDay(registeredAt, timeZone)
  return Temporal.PlainDate.compare(registered, target) > 0 ? registered : target
}
