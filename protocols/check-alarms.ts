/** Checks the alarms of a protocol: the item is asked, and can be answered so. */
import type { Catalogue } from '../instruments/catalogue.ts'
import { formatReference, type Mistake } from '../instruments/definition.ts'
import { itemsOf } from '../instruments/items.ts'
import type { Instrument } from '../instruments/schema.ts'
import { scheduled } from './check-schedule.ts'
import type { Protocol } from './schema.ts'

export function checkAlarms(protocol: Protocol, instruments: Catalogue<Instrument>): Mistake[] {
  const lists = scheduled(protocol, instruments)
  return Object.entries(protocol.alarms).flatMap(([id, { instrument, item: name, answers }]) => {
    const path = `/alarms/${id}`
    const list = lists.find((one) => one.id === instrument)
    if (!list) return [{ path: `${path}/instrument`, reason: `the schedule does not ask ${instrument}` }]
    const item = itemsOf(list).find((one) => one.name === name)
    if (!item) return [{ path: `${path}/item`, reason: `${formatReference(list)} has no item ${name}` }]
    const known = item.choices.map(({ value }) => value)
    return answers.flatMap((answer, index) =>
      known.includes(answer)
        ? []
        : [
            {
              path: `${path}/answers/${index}`,
              reason: `${answer} is no answer to ${name}; there is: ${known.join(', ') || 'none to choose'}`,
            },
          ],
    )
  })
}
