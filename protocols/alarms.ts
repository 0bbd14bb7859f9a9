/** Which alarms answers raise. Pure. */
import type { Answers } from '../instruments/schema.ts'
import type { Protocol } from './schema.ts'

/** The ids of the alarms that these answers to an instrument raise. */
export const raisedBy = ({ alarms }: Protocol, instrument: string, answers: Answers): string[] =>
  Object.entries(alarms).flatMap(([id, alarm]) => {
    const given = [answers[alarm.item]].flat()
    return alarm.instrument === instrument && alarm.answers.some((answer) => given.includes(answer)) ? [id] : []
  })
